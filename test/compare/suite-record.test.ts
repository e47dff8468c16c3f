import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { comparisonIds } from '../../src/record/runs.ts';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

const contract = (secrets: object = {}) =>
  stringify({
    version: 1,
    repro: { measurement_runs: 3, max_runs: 3 },
    ...secrets,
    metrics: { primary: { name: 'n', unit: 'steps', source: { stdout: 'metric', key: 'n' }, deterministic: true } },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    profiler: 'none',
    room: 'off',
    benchmarks: ['one', 'two'].map((name) => ({ name, repro: { script: `sh bench.sh ${name}` } })),
  });

const project = (text = contract(), bench = 'echo METRIC n=1\n') => {
  const repo = repository({ 'c.yaml': text, 'bench.sh': bench, 'n.txt': '1\n' });
  repo.write('n.txt', '2\n');
  repo.commit('the change');
  return repo;
};

const words = ['compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml'];

it('a suite is listed and shown, has a page, and gc drops it with the oldest comparisons', async () => {
  const repo = project();
  const single = contract()
    .replace(/benchmarks:[\s\S]*/, '')
    .replace('repro:\n', 'repro:\n  script: sh bench.sh\n');
  repo.write('single.yaml', single);
  const compare = async (file: string) =>
    (await perfgate.json<{ comparison: string }>(repo.root, ...words.slice(0, -1), file)).comparison;
  const [first, middle, last] = [await compare('c.yaml'), await compare('single.yaml'), await compare('c.yaml')];
  const { comparisons } = await perfgate.json<{ comparisons: object[] }>(repo.root, 'list');
  expect(comparisons).toMatchObject([
    { comparison: first, verdict: 'accepted', base: 'HEAD~1', head: 'HEAD', benchmarks: 2 },
    { comparison: middle, benchmarks: null },
    { comparison: last, benchmarks: 2 },
  ]);
  expect((await perfgate.run(repo.root, 'list')).stdout).toContain('HEAD~1 → HEAD (2 benchmarks)');
  expect(await perfgate.json(repo.root, 'show', first)).toMatchObject({
    artifacts: [{ frontmatter: { suite: first, nth: 1 }, body: expect.stringContaining('2 held') }],
  });
  const { html } = await perfgate.json<{ html: string }>(repo.root, 'report', '--run', first);
  expect(readFileSync(html, 'utf8')).toContain('2 held');
  expect(await perfgate.json(repo.root, 'gc', '--keep', '1')).toMatchObject({ comparisons: [first, middle] });
  expect(comparisonIds(repo.root)).toEqual([last]);
});

it('no file of the record contains a secret', () => {
  const text = contract({ secrets_file: '.env' });
  // the head fails, and its last words are the secret
  const bench = 'echo METRIC n=1; test $(cat n.txt) = 1 || { echo $TOKEN_OF_BENCH >&2; exit 7; }\n';
  const repo = project(text, bench);
  repo.write('.env', 'TOKEN_OF_BENCH=<hunter2&swordfish>\n');
  const env = { ...perfgate.env(), MY_API_KEY: 'other-swordfish' };
  try {
    execFileSync(process.execPath, [perfgate.bin(), ...words], { cwd: repo.root, env, stdio: 'pipe' });
  } catch {
    // it is rejected
  }
  const [id] = comparisonIds(repo.root);
  const dir = join(repo.root, '.perf-gate/comparisons', id!);
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('suite.html');
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(texts.filter((one) => /swordfish/.test(one))).toEqual([]);
  expect(texts.join('')).toContain('[redacted]');
});
