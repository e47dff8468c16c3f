import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { perfGate } from '../helpers/cli.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Suite = { comparison: string; verdict: string; benchmarks: { name: string; answer: string }[]; code: number };

const contract = (protectedFiles: string[], ...scripts: [name: string, script: string][]) =>
  stringify({
    version: 1,
    repro: { measurement_runs: 3, max_runs: 3 },
    metrics: {
      primary: { name: 'n', unit: 'steps', source: { stdout: 'metric', key: 'n' }, deterministic: true },
    },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    guards: { protected: protectedFiles },
    profiler: 'none',
    room: 'off',
    benchmarks: scripts.map(([name, script]) => ({ name, repro: { script } })),
  });

const prints = (n: number) => `echo "METRIC n=${n}"\n`;

async function compared(repo: TestRepository, change: (repo: TestRepository) => void): Promise<Suite> {
  change(repo);
  repo.commit('the change');
  return perfgate.json<Suite>(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
}

const three = contract([], ['old', 'sh bench/old.sh'], ['kept', 'sh bench/kept.sh'], ['new', 'sh bench/new.sh']);

it('names the benchmarks that only one commit has, judges the others, and can be judged again', async () => {
  const repo = repository({ 'c.yaml': three, 'bench/old.sh': prints(1), 'bench/kept.sh': prints(2) });
  const ended = await compared(repo, () => {
    repo.git('rm', '-q', 'bench/old.sh');
    repo.write('bench/new.sh', prints(3));
  });
  expect(ended).toMatchObject({ code: 0, verdict: 'accepted', added: ['new'], removed: ['old'] });
  expect(ended.benchmarks).toMatchObject([{ name: 'kept', answer: 'held', unseen: null }]);
  const verified = () => perfgate.json<{ findings: object[] }>(repo.root, 'verify', ended.comparison);
  expect(await verified()).toMatchObject({ code: 0, holds: true, checked: { benchmarks: 1 } });
  // a forged record that leaves out a measured benchmark still has its samples
  const file = `.perf-gate/comparisons/${ended.comparison}/suite.md`;
  const [whole, rows] = [repo.read(file), /\nbenchmarks:\n(?: .*\n)+/];
  repo.write(file, whole.replace(rows, '\nbenchmarks: []\n').replace('removed: [old]', 'removed: [old, kept]'));
  expect(await verified()).toMatchObject({ code: 1, findings: expect.arrayContaining([expect.anything()]) });
  expect((await verified()).findings).toContainEqual(expect.objectContaining({ code: 'samples_unnamed' }));
});

it('recognises a benchmark by its script in package.json, and one whose file is protected', async () => {
  const scripts = (...names: string[]) =>
    JSON.stringify({ scripts: Object.fromEntries(names.map((name) => [name, `sh bench/${name}.sh`])) });
  const text = contract(
    ['bench/**'],
    ['kept', 'npm run -s kept'],
    ['new', 'npm run new'],
    ['file', 'sh bench/file.sh'],
  );
  const repo = repository({ 'c.yaml': text, 'bench/kept.sh': prints(2), 'package.json': scripts('kept') });
  const ended = await compared(repo, () => {
    repo.write('package.json', scripts('kept', 'new'));
    repo.write('bench/new.sh', prints(3));
    repo.write('bench/file.sh', prints(4));
  });
  expect(ended).toMatchObject({ code: 0, added: ['new', 'file'], removed: [], benchmarks: [{ name: 'kept' }] });
});

it('names the file of an uncommitted benchmark', async () => {
  const repo = repository({ 'c.yaml': three, 'bench/old.sh': prints(1), 'bench/kept.sh': prints(2) });
  repo.write('n.txt', '');
  repo.commit('the change');
  repo.write('bench/new.sh', prints(3));
  const ended = await perfgate.json(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  expect(ended).toMatchObject({ code: 2, error: { code: 'untracked_needed' } });
});

it('judges a benchmark that runs in both commits, even if its argument is a file that only one has', async () => {
  const files = { 'c.yaml': contract([], ['parse', 'sh bench.sh parse']), 'bench.sh': prints(100) };
  const ended = await compared(repository(files), (repo) => {
    repo.write('parse', '');
    repo.write('bench.sh', prints(200));
  });
  expect(ended).toMatchObject({ code: 1, added: [], benchmarks: [{ name: 'parse', answer: 'regressed' }] });
});

it('is inconclusive if no benchmark is in both commits', async () => {
  const repo = repository({ 'c.yaml': contract([], ['a', 'sh a.sh']), 'n.txt': '' });
  const ended = await compared(repo, () => repo.write('a.sh', prints(1)));
  expect(ended).toMatchObject({ code: 4, verdict: 'inconclusive', added: ['a'], benchmarks: [] });
});
