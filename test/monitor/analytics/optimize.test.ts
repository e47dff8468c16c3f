import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command as optimize } from '../../../src/cli/commands/monitor/optimize.ts';
import { filledDemo } from '../../../src/monitor/demo/store.ts';
import { call } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const home = mkdtempSync(join(tmpdir(), 'perf-gate-optimize-'));
beforeAll(async () => void (await filledDemo(home, '1', Date.now())));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const plugins = resolve('examples/hooks');

async function ask(config: string | null, options: { json?: boolean } = {}) {
  const cwd = temporaryFolder();
  const env = {
    PERF_GATE_MONITOR_HOME: home,
    PERF_SENTINEL_HOME: join(cwd, 'sentinel'),
    HOME: cwd,
    XDG_CONFIG_HOME: cwd,
  };
  mkdirSync(join(cwd, 'perf-gate'));
  if (config !== null) writeFileSync(join(cwd, 'perf-gate/monitor.yaml'), config);
  return call(optimize, { cwd, env }, [], { plugins, static: true, since: '4w', ...options });
}

it('weights hooks by the frequencies in the store, and names the other things that turns wait for', async () => {
  const found = JSON.parse((await ask(null, { json: true })).out);
  expect(found.plan.frequencies).toMatchObject({ from: 'monitor', days: expect.any(Number) });
  expect(found.plan.frequencies.days).toBeGreaterThan(7);
  expect(found.plan.items.length).toBeGreaterThan(0);
  expect(found.not_kept).toBeNull();
  expect(found.beside[0]).toMatchObject({ kind: 'model', ceiling_pct: expect.any(Number) });
  expect(found.beside.every(({ kind }: { kind: string }) => kind !== 'hook')).toBe(true);
  const { out } = await ask(null);
  expect(out).toContain('Events per day were counted by the monitor');
  expect(out).toContain('Turns also waited for other activities');
});

it('makes no suggestions if the configuration disables them', async () => {
  const config = 'analytics: { optimization_suggestions: false }\n';
  expect(JSON.parse((await ask(config, { json: true })).out)).toBeNull();
  expect((await ask(config)).out).toContain('disables suggestions');
});
