import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hashContract } from '../../src/contract/seal.ts';
import { fileHash } from '../../src/core/hash.ts';
import { contractInForce, readComparison } from '../../src/record/comparison.ts';
import { comparisonIds } from '../../src/record/runs.ts';
import { comparisonMarkdown } from '../../src/report/comparison.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, sampled } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Printed = { comparison: string | null; verdict: string };

/** Two commits: 100 and 50 steps. */
function project(contract: ContractChange = {}, more: Record<string, string> = {}): TestRepository {
  const repo = countingProject(contract, more);
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('half the work');
  return repo;
}

const compare = (repo: TestRepository, ...more: string[]) =>
  perfgate.json<Printed>(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', ...more);
const commands = async (cwd: string, ...words: string[]) => {
  const ended = await perfgate.run(cwd, 'compare', '--json', '--runs', '5', '--max-runs', '5', '--', ...words);
  return JSON.parse(ended.stdout) as Printed;
};

const ours = (repo: TestRepository) => readdirSync(join(repo.root, '.perf-gate')).sort();

it('two commits leave data, words and samples, and the work tree stays clean', async () => {
  const repo = project({ metrics: { primary: sampled } });
  const { code, comparison } = await compare(repo);
  expect(code).toBe(0);
  expect(comparison).toMatch(/^\d{8}-\d{4}-head-1-head$/);
  const { data, body } = readComparison(repo.root, comparison!);
  expect(data).toMatchObject({
    comparison,
    of: 'commits',
    base: repo.git('rev-parse', 'HEAD~1'),
    head: repo.git('rev-parse', 'HEAD'),
    names: { base: 'HEAD~1', head: 'HEAD' },
    against: null,
    protected_from_base: [],
    verdict: 'accepted',
    reasons: [{ code: 'proven', lower_bound: { unit: '%' } }],
    contract: { repro: { script: 'sh bench.sh' } },
    environment: { cores: expect.any(Number) },
  });
  expect(data.contract_hash).toBe(hashContract(data.contract));
  expect(data.started_at <= data.finished_at).toBe(true);
  expect(body.trim()).toBe(comparisonMarkdown(data).trim());
  const samples = join(repo.root, '.perf-gate/comparisons', comparison!, 'samples');
  expect(readdirSync(samples)).toEqual(['confirmation.jsonl', 'screen.jsonl']);
  expect(fileHash(join(samples, 'screen.jsonl'))).toBe(data.sessions.screen?.samples_hash);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(readdirSync(join(repo.root, '.perf-gate/local'))).toEqual([]);
});

it('the record has the text of --markdown', async () => {
  const repo = project();
  const { stdout } = await perfgate.run(
    repo.root,
    ...['compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--markdown'],
  );
  const [id] = comparisonIds(repo.root);
  expect(readComparison(repo.root, id!).body.trim()).toBe(stdout.trim());
});

it('a comparison with a saved baseline records how it was measured, and keeps the samples of both', async () => {
  const repo = project({ metrics: { primary: sampled } });
  await compare(repo, '--save', 'base.json');
  const { comparison } = await perfgate.json<Printed>(
    repo.root,
    ...['compare', 'HEAD', '--against', 'base.json', '--contract', 'c.yaml'],
  );
  const { data } = readComparison(repo.root, comparison!);
  expect(data).toMatchObject({
    against: 'base.json',
    cautions: [{ code: 'measured_before', runs: expect.any(Number) }],
  });
  expect(contractInForce(data).order).toBe('sequential');
  expect(readdirSync(join(repo.root, '.perf-gate/comparisons', comparison!, 'samples'))).toContain('saved.jsonl');
});

it('a head that fails before the measurement leaves a record without samples', async () => {
  const repo = project({ guards: { correctness: 'false' } });
  const { code, comparison } = await compare(repo);
  expect(code).toBe(1);
  expect(readComparison(repo.root, comparison!).data.sessions).toMatchObject({
    broken: { code: 'correctness_failed' },
    screen: null,
  });
});

it('two commands leave a record in a repository, and nothing elsewhere', async () => {
  const repo = countingProject();
  const { comparison } = await commands(repo.root, 'sleep 0.05', '--', 'true');
  expect(comparison).toMatch(/-sleep-0-05-true$/);
  expect(readComparison(repo.root, comparison!).data).toMatchObject({
    of: 'commands',
    base: 'sleep 0.05',
    head: 'true',
  });
  expect(repo.git('status', '--porcelain')).toBe('');
  const elsewhere = temporaryFolder();
  expect(await commands(elsewhere, 'true', '--', 'true')).toMatchObject({ comparison: null });
  expect(readdirSync(elsewhere)).toEqual([]);
});

it('two comparisons in one minute get two ids; list and show know both, gc keeps the newest, and commands for runs refuse them', async () => {
  const repo = project();
  const [first, second] = [await compare(repo), await compare(repo)].map(({ comparison }) => comparison!);
  expect(second).not.toBe(first);
  const { runs, comparisons } = await perfgate.json<{ runs: object[]; comparisons: object[] }>(repo.root, 'list');
  expect({ runs, comparisons }).toMatchObject({
    runs: [],
    comparisons: [first, second].map((comparison) => ({
      comparison,
      verdict: 'accepted',
      base: 'HEAD~1',
      head: 'HEAD',
    })),
  });
  const listed = await perfgate.run(repo.root, 'list');
  expect(listed.stdout).toMatch(/^Comparisons\n\S+ {2}accepted {5}HEAD~1 → HEAD\n/);
  const shown = await perfgate.run(repo.root, 'show', first!);
  expect(shown.stdout).toMatch(/comparison\.md\n[\s\S]*\*\*✓ accepted\*\*/);
  expect(await perfgate.json(repo.root, 'show', first!)).toMatchObject({
    comparison: first,
    artifacts: [{ frontmatter: { verdict: 'accepted' }, body: expect.stringContaining('accepted') }],
  });
  for (const command of [
    ['verify', first!],
    ['report', '--run', first!],
  ])
    expect(await perfgate.json(repo.root, ...command)).toMatchObject({ code: 2, error: { code: 'run_is_comparison' } });
  expect(await perfgate.json(repo.root, 'gc', '--keep', '1')).toMatchObject({ code: 0, comparisons: [first] });
  expect(comparisonIds(repo.root)).toEqual([second]);
});

it('neither a file of the record nor its name contains a secret', async () => {
  const repo = project(
    { repro: { script: 'printenv TOKEN_OF_BENCH >&2; sh bench.sh && printenv TOKEN_OF_BENCH' }, secrets_file: '.env' },
    { '.gitignore': '.env\n' },
  );
  repo.write('.env', 'TOKEN_OF_BENCH=hunter2-swordfish\n');
  expect((await compare(repo)).comparison).not.toBeNull();
  const env = { ...perfgate.env(), MY_API_KEY: 'hunter2-swordfish' };
  const args = [
    'compare',
    '--runs',
    '5',
    '--max-runs',
    '5',
    '--',
    'echo hunter2-swordfish',
    '--',
    'exit 3 # hunter2-swordfish',
  ];
  try {
    execFileSync(process.execPath, [perfgate.bin(), ...args], { cwd: repo.root, env, stdio: 'pipe' });
  } catch {
    // The second command fails, so that the comparison is rejected.
  }
  const found = readdirSync(join(repo.root, '.perf-gate'), { recursive: true, withFileTypes: true });
  expect(comparisonIds(repo.root)).toHaveLength(2);
  expect(found.map(({ name }) => name).filter((name) => /hunter2|swordfish/.test(name))).toEqual([]);
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.filter((file) => /hunter2|swordfish/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it('a comparison that is killed while measuring leaves no record, and the next one removes a half-written record', async () => {
  const repo = countingProject();
  const child = spawn(process.execPath, [perfgate.bin(), 'compare', '--', 'touch begun; sleep 5', '--', 'true'], {
    cwd: repo.root,
    env: perfgate.env(),
    stdio: 'ignore',
    detached: true,
  });
  while (!existsSync(join(repo.root, 'begun'))) await sleep(50);
  process.kill(-child.pid!, 'SIGKILL');
  repo.remove('begun');
  expect(existsSync(join(repo.root, '.perf-gate'))).toBe(false);
  const gone = spawn('true');
  await new Promise((done) => gone.on('close', done));
  repo.write(`.perf-gate/local/comparison-${gone.pid}-abcdef/record/samples/screen.jsonl`, '{"in');
  repo.write(`.perf-gate/local/comparison-${process.pid}-abcdef/record/samples/screen.jsonl`, '{"in');
  expect(comparisonIds(repo.root)).toEqual([]);
  await commands(repo.root, 'true', '--', 'true');
  expect(comparisonIds(repo.root)).toHaveLength(1);
  expect(readdirSync(join(repo.root, '.perf-gate/local'))).toEqual([`comparison-${process.pid}-abcdef`]);
});

it.each<[string, (repo: TestRepository) => void]>([
  ['a file stands in its way', (repo) => repo.write('.perf-gate', 'a file\n')],
  ['a link leads elsewhere', (repo) => repo.link('.perf-gate', temporaryFolder())],
])('prints the verdict and reports that no record was left if %s', async (_, spoil) => {
  const repo = project();
  spoil(repo);
  const before = repo.files();
  const ended = await perfgate.run(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--json');
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({ comparison: null, verdict: 'accepted' });
  expect(ended.stderr).toMatch(/This comparison left no record: /);
  expect(repo.files()).toEqual(before);
});

it.each([
  ['an older version wrote', '.gitignore\nlocal/\nruns/\n', '.gitignore\nlocal/\nruns/\ncomparisons/\n'],
  ['ignores everything', '*\n', '*\n'],
])('a .gitignore that %s keeps comparisons out of git', async (_, before, after) => {
  const repo = project();
  mkdirSync(join(repo.root, '.perf-gate'));
  writeFileSync(join(repo.root, '.perf-gate/.gitignore'), before);
  await compare(repo);
  expect(repo.read('.perf-gate/.gitignore')).toBe(after);
  expect(repo.git('status', '--porcelain')).toBe('');
});

it('a .gitignore that the user tracks stays as it is, and the work tree stays clean', async () => {
  const repo = project({}, { '.perf-gate/.gitignore': 'local/\nruns/\n' });
  await compare(repo);
  expect(repo.read('.perf-gate/.gitignore')).toBe('local/\nruns/\n');
  expect(ours(repo)).toEqual(['.gitignore', 'comparisons', 'local']);
  expect(repo.git('status', '--porcelain')).toBe('');
});
