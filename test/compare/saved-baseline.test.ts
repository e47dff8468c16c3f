import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../src/cli/commands/compare/compare.ts';
import { command as judge } from '../../src/cli/commands/judge.ts';
import { call, type Options } from '../helpers/call.ts';
import { place } from '../helpers/own-cache.ts';
import { type ContractChange, contractText, countingProject, sampled } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const noisy: ContractChange = { metrics: { primary: sampled } };

/** Three commits on the branch `main`: 100, 99 and 50 steps. */
function project(): TestRepository {
  const repo = countingProject(noisy);
  for (const steps of [99, 50]) {
    repo.write('work.sh', `STEPS=${steps}\nANSWER=42\n`);
    repo.commit(`${steps} steps`);
  }
  return repo;
}

const compare = (repo: TestRepository, args: string[], options: Options) =>
  call(command, { cwd: repo.root, env: place.env }, args, { json: true, contract: 'c.yaml', ...options });

type Saved = {
  method: string;
  commit: string;
  samples: number[];
  rows: object[];
  verdict: string;
  [key: string]: unknown;
};
const saved = (repo: TestRepository) => JSON.parse(readFileSync(join(repo.root, 'base.json'), 'utf8')) as Saved;

async function saveMain(repo: TestRepository): Promise<void> {
  expect((await compare(repo, ['HEAD~2', 'HEAD~1'], { save: 'base.json' })).code).toBe(1);
}

it('saves the samples, the verdict and the environment of the head, and compares another head with them', async () => {
  const repo = project();
  await saveMain(repo);
  const file = saved(repo);
  expect(file).toMatchObject({
    commit: repo.git('rev-parse', 'HEAD~1'),
    verdict: 'rejected',
    name: 'noisy',
    unit: 'steps',
    method: 'native',
    environment: { cores: expect.any(Number) },
  });
  expect(file.rows).toHaveLength(file.samples.length);

  const ended = await compare(repo, ['HEAD'], { against: 'base.json' });
  const { verdict, primary, samples, warnings, base } = JSON.parse(ended.out);
  expect({ code: ended.code, verdict, base }).toEqual({ code: 0, verdict: 'accepted', base: file.commit });
  expect(primary.improvement_pct).toBeGreaterThan(45);
  expect(samples.base).toEqual(file.samples);
  expect(warnings[0]).toMatch(/measured earlier .*not in turn with the head/);
});

it('finds no difference between a baseline and the same commit', async () => {
  const repo = project();
  await saveMain(repo);
  const ended = await compare(repo, ['HEAD~1'], { against: 'base.json' });
  expect([1, 4]).toContain(ended.code);
});

it('measures the head by the protected files of the baseline’s commit', async () => {
  const repo = project();
  await saveMain(repo);
  repo.write('work.sh', 'STEPS=99\nANSWER=42\n');
  repo.write('bench.sh', repo.read('bench.sh').replaceAll('STEPS', '1'));
  repo.commit('cheat');
  const { out } = await compare(repo, ['HEAD'], { against: 'base.json' });
  expect(JSON.parse(out)).toMatchObject({ verdict: 'rejected', protected_from_base: ['bench.sh'] });
});

it('warns of another machine', async () => {
  const repo = project();
  await saveMain(repo);
  const file = saved(repo);
  writeFileSync(
    join(repo.root, 'base.json'),
    JSON.stringify({ ...file, environment: { ...(file.environment as object), cores: 999 } }),
  );
  const { out } = await compare(repo, ['HEAD'], { against: 'base.json' });
  expect(JSON.parse(out).warnings[1]).toMatch(/the machine differs: cores was 999/);
});

it('can be read by judge', async () => {
  const repo = project();
  await saveMain(repo);
  const ended = await call(judge, { cwd: repo.root }, ['base.json', 'base.json'], { json: true });
  expect(JSON.parse(ended.out)).toMatchObject({ verdict: 'inconclusive', n_base: saved(repo).samples.length });
});

it('saves no baseline of a head that fails', async () => {
  const repo = project();
  repo.write('work.sh', 'exit 1\n');
  repo.commit('broken');
  const ended = await compare(repo, ['HEAD~1', 'HEAD'], { save: 'base.json' });
  expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('No baseline was saved') });
  expect(existsSync(join(repo.root, 'base.json'))).toBe(false);
});

it.each<[string, (file: Saved) => unknown, string, number]>([
  ['another instrument', (file) => ({ ...file, method: 'plain' }), 'instrument_changed', 3],
  ['no samples', (file) => ({ ...file, rows: [] }), 'baseline_unreadable', 2],
  ['rows without numbers', (file) => ({ ...file, rows: [{ metrics: { noisy: '5' } }] }), 'baseline_unreadable', 2],
  ['something else', () => [1, 2, 3], 'baseline_unreadable', 2],
])('refuses a baseline with %s', async (_, change, code, exitCode) => {
  const repo = project();
  await saveMain(repo);
  writeFileSync(join(repo.root, 'base.json'), JSON.stringify(change(saved(repo))));
  const ended = await compare(repo, ['HEAD'], { against: 'base.json' });
  expect(ended).toMatchObject({ code: exitCode, error: { code } });
});

it('refuses a baseline of another contract, a missing baseline, and a base in addition to it', async () => {
  const repo = project();
  await saveMain(repo);
  repo.write('c.yaml', contractText({ ...noisy, threshold: { pct_min: 10 } }));
  expect(await compare(repo, ['HEAD'], { against: 'base.json' })).toMatchObject({
    code: 2,
    error: { code: 'baseline_of_other_contract' },
  });
  expect((await compare(repo, ['HEAD'], { against: 'nowhere.json' })).error?.code).toBe('baseline_unreadable');
  expect((await compare(repo, ['HEAD~1', 'HEAD'], { against: 'base.json' })).error?.code).toBe('usage');
});

/** A contract without the guard on output, because another tool does not record output. */
const unguarded: ContractChange = { ...noisy, guards: { same_output: undefined } };

const results = (values: number[], unit: string) => JSON.stringify({ name: 'noisy', unit, samples: values });

it('compares with the results of another tool, and warns that their origin is unknown', async () => {
  const repo = project();
  repo.write('c.yaml', contractText(unguarded));
  await saveMain(repo);
  const { samples: of99Steps } = saved(repo);
  writeFileSync(join(repo.root, 'tool.json'), JSON.stringify({ slow: of99Steps, fast: of99Steps.map((v) => v / 4) }));
  const slow = await compare(repo, ['HEAD'], { against: 'tool.json', key: 'slow' });
  expect(slow.error).toBeNull();
  const { verdict, base, samples, warnings } = JSON.parse(slow.out);
  expect({ code: slow.code, verdict, base }).toEqual({ code: 0, verdict: 'accepted', base: 'tool.json' });
  expect(samples.base).toEqual(of99Steps);
  expect(warnings[0]).toMatch(/samples come from another tool, and were not taken in turn/);
  expect((await compare(repo, ['HEAD'], { against: 'tool.json', key: 'fast' })).code).toBe(1);
});

it.each<[string, string, ContractChange, string, RegExp]>([
  [
    'several benchmarks and no key',
    '{"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}',
    {},
    'baseline_unreadable',
    /several benchmarks: a, b/,
  ],
  [
    'a failed run',
    '{"results": [{"command": "x", "times": [1], "exit_codes": [2]}]}',
    {},
    'baseline_unreadable',
    /exit code 2/,
  ],
  ['too few samples', '[1, 2, 3]', {}, 'baseline_unreadable', /holds 3 samples; at least 4/],
  ['samples of another kind', results([1, 2, 3, 4], 'ms'), {}, 'usage', /are in ms, and the metric noisy is in steps/],
  ['no output to compare', '[1, 2, 3, 4]', { guards: { same_output: true } }, 'usage', /same_output/],
])('refuses results of another tool with %s, by name', async (_, text, change, code, message) => {
  const repo = project();
  repo.write('c.yaml', contractText({ ...unguarded, ...change }));
  writeFileSync(join(repo.root, 'tool.json'), text);
  const ended = await compare(repo, ['HEAD'], { against: 'tool.json' });
  expect(ended).toMatchObject({ code: 2, error: { code, message: expect.stringMatching(message) } });
});
