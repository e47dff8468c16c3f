import { expect, test } from 'vitest';
import { checkContract } from '../../src/contract/parse.ts';
import { type DomainName, domainNames } from '../../src/core/domain-names.ts';
import { questions } from '../../src/scoping/interview/interview.ts';
import { anyMachine } from '../../src/scoping/machine.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { seesDelay } from '../../src/scoping/sees-delay.ts';
import { templateOf } from '../../src/scoping/template.ts';
import { folder } from '../helpers/folder.ts';

const project = {
  'package.json': '{"scripts":{"bench":"node bench.mjs","build":"vite build"},"devDependencies":{"vite":"7"}}',
};
const here = (sees: boolean) => recon(folder(project), { ...anyMachine, sees_delay: sees });
const metricsOf = (domain: DomainName, sees: boolean) =>
  checkContract(templateOf(domain, here(sees)).contract, 'template').metrics;

test.each<[DomainName, string]>([
  ['cli_startup', 'undelayed_wall_ms'],
  ['build_time', 'undelayed_build_ms'],
  ['hook_latency', 'undelayed_hook_ms'],
  ['custom', 'undelayed_wall_ms'],
])('the metric of %s is undelayed wall time if it can be measured', (domain, name) => {
  expect(metricsOf(domain, true).primary).toMatchObject({ name, unit: 'ms', source: 'undelayed_wall' });
  const [, other] = metricsOf(domain, false).primary.name.split('_');
  expect(metricsOf(domain, false).primary.source).toBe(domain === 'build_time' ? 'wall' : 'cpu');
  expect(other).toBe(domain === 'hook_latency' ? 'cpu' : 'ms');
});

test.each<[DomainName, string]>([
  ['bundle_size', 'undelayed_build_ms'],
  ['memory_peak', 'undelayed_wall_ms'],
])('the wall time watchdog of %s is undelayed, too', (domain, name) => {
  expect(metricsOf(domain, true).watchdogs).toEqual([
    expect.objectContaining({ name, source: 'undelayed_wall', max_regression_pct: 10 }),
  ]);
});

test.each(domainNames)('the other metrics of %s do not change', (domain) => {
  const { primary } = metricsOf(domain, false);
  if (primary.source !== 'wall' && primary.source !== 'cpu') expect(metricsOf(domain, true).primary).toEqual(primary);
});

test('the interview offers undelayed wall time first, with the reason, and wall time after it', () => {
  const asked = (sees: boolean) => questions(here(sees), 'make it faster').find((q) => q.id === 'primary')!;
  expect(asked(true).choices!.slice(0, 2)).toEqual([
    {
      value: 'undelayed_wall_ms',
      label: 'undelayed_wall_ms in ms, lower is better',
      hint: 'wall time without the waiting that other programs cause; perf-gate also prints the raw wall time',
    },
    { value: 'wall_ms', label: 'wall_ms in ms, lower is better' },
  ]);
  expect(asked(true).explain).toContain('child processes');
  expect(asked(false).default).toBe('cpu_ms');
  expect(asked(false).explain).toMatch(/^CPU time has several times less noise/);
});

test('the instrument shows whether undelayed wall time can be measured; without a working instrument it cannot', async () => {
  const env = { ...process.env, XDG_CACHE_HOME: folder() };
  expect(await seesDelay(env)).toBe(process.platform === 'linux');
  expect(await seesDelay({ ...env, PERF_GATE_INSTRUMENT: 'plain' })).toBe(false);
  expect(await seesDelay({ ...env, PERF_GATE_INSTRUMENT: 'sundial' })).toBe(false);
});
