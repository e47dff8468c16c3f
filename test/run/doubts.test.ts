import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Contract } from '../../src/contract/schema/contract.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Sample } from '../../src/measure/sessions/sample.ts';
import { doubts } from '../../src/run/doubts.ts';
import { fixedCost } from '../../src/run/fixed-cost.ts';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { folder } from '../helpers/folder.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();

type Checked = { preflight: { output: string; warnings: string[] } };

/** The pre-flight of a script whose time is measured, without a guard of its output. */
async function preflightOf(script: string, source: string, more: Record<string, string> = {}) {
  const change = {
    repro: { script },
    metrics: { primary: { name: 'ms', source } },
    guards: { same_output: undefined },
  };
  const repo = countingProject(change, more);
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  return (await perfgate.json<Checked>(repo.root, 'preflight')).preflight;
}

it.each([
  ['same', 'sleep 0.03; echo 42'],
  ['varies', 'sleep 0.03; od -An -N8 -tx8 /dev/urandom'],
  ['not compared', 'sleep 0.03'],
])('an output without a guard is compared too: %s', async (output, script) => {
  expect((await preflightOf(script, 'wall')).output).toBe(output);
});

it('warns about a command that decides itself how long it runs, found through the program that it starts', async () => {
  const files = {
    'package.json': '{"scripts":{"bench":"node b.js"}}',
    'b.js': "try { require('benchmark') } catch {}\nsetTimeout(() => {}, 30);",
  };
  const { warnings } = await preflightOf('npm run bench', 'wall', files);
  expect(warnings.join('\n')).toContain('benchmark.js decides how long it runs');
  expect(warnings.join('\n')).toMatch(/`npm` takes about \d+ ms of every execution \(\d+ %\)/);
});

it('warns about CPU time if the command waits', async () => {
  const { warnings } = await preflightOf('sleep 0.1', 'cpu');
  expect(warnings.join('\n')).toMatch(/the command mostly waits/);
});

it.each([
  ['waits for an answer', { main_delay_ms: 0 }, 1],
  ['waits for a processor on a busy machine', { main_delay_ms: 120 }, 0],
])('a command that %s', async (_, figures, warnings) => {
  const sample = { wall_ms: 200, user_ms: 70, sys_ms: 5, main_run_ms: 75, end_delay_ms: 0, ...figures } as Sample;
  const contract = { repro: { script: 'sleep 1' }, metrics: { primary: { source: 'cpu' } } } as Contract;
  const place = { clock: systemClock, cwd: folder(), env: process.env };
  expect(await doubts(contract, [sample, sample], place)).toHaveLength(warnings);
});

it('a wrapper on the PATH is reported with the program that it starts; a plain program is not', async () => {
  const bin = folder({ node: `#!/bin/sh\nsleep 0.2\nexec '${process.execPath}' "$@"\n` });
  chmodSync(join(bin, 'node'), 0o755);
  const place = { clock: systemClock, cwd: bin, env: { PATH: `${bin}:${process.env.PATH}` } };
  const cost = await fixedCost('FOO=1 node a.js', place);
  expect(cost).toMatchObject({ program: 'node', file: join(bin, 'node'), behind: process.execPath });
  expect(cost!.ms).toBeGreaterThan(50);
  expect(await fixedCost(`${process.execPath} a.js`, place)).toBeNull();
  expect(await fixedCost('sleep 1', place)).toBeNull();
});

it('a failed profile is reported in the terminal and at the top of the report', async () => {
  const repo = countingProject({ profiler: { tool: 'broken', command: 'echo no symbols >&2; exit 7' } });
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml');
  await must(perfgate, repo, 'approve');
  expect((await perfgate.run(repo.root, 'next')).stderr).toMatch(/The profile failed \(broken\): .*7/);
  await must(perfgate, repo, 'finish');
  const { report } = await perfgate.json(repo.root, 'status');
  const [top = ''] = repo.read(report!.slice(repo.root.length + 1)).split('## Attempts');
  expect(top).toMatch(/Profile.*failed \(broken: /);
});
