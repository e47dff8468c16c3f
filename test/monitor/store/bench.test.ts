import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commitFacts, firstCommit, firstParents } from '../../../src/git/history.ts';
import { openRepo } from '../../../src/git/repo.ts';
import { benchLines } from '../../../src/monitor/analytics/by-commit.ts';
import { addBench, type BenchPoint, benchIn } from '../../../src/monitor/store/bench.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { seededRandom } from '../../../src/stats/rng.ts';
import { perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';

const perfgate = perfGate();

const series = {
  name: 'sh bench.sh',
  metric: 'steps',
  unit: 'ms',
  lower_is_better: true,
  contract: 'c',
  machine: 'm',
  instrument: 'i',
};

it('names the commit of twelve that made the benchmark slower, and never mixes machines', async () => {
  const repo = countingProject();
  for (let i = 1; i < 12; i++) {
    repo.write('other.txt', `${i}\n`);
    repo.commit(`change ${i}`);
  }
  const opened = await openRepo(repo.root);
  const order = await firstParents(opened);
  const random = seededRandom('commits');
  const points = await Promise.all(
    order.map(async (id, i): Promise<BenchPoint> => {
      const median = (i < 6 ? 100 : 110) + random();
      const commit = await commitFacts(opened, id);
      const project = `${await firstCommit(opened)} `;
      return { ...series, project, t: i, arm: 'head', commit, dirty: false, values: [median], median, ci95: null };
    }),
  );
  const folder = `${perfgate.env().XDG_STATE_HOME}/perf-gate/monitor-of-twelve`;
  const db = await openStore(`${folder}/monitor.db`);
  expect(addBench(db, points)).toBe(12);
  expect(addBench(db, points)).toBe(0);
  addBench(db, [{ ...points[0]!, machine: 'another', values: [1], median: 1 }]);
  const [line, other] = benchLines(benchIn(db), order).sort((a, b) => b.commits.length - a.commits.length);
  expect(line!.commits.map(({ commit }) => commit)).toEqual(order);
  expect(line!.worse).toMatchObject({ from: order[5], to: order[6] });
  expect(other).toMatchObject({ machine: 'another', commits: [{ commit: order[0] }], worse: null });
  expect(benchLines(benchIn(db).slice(0, 9), order).every(({ worse }) => worse === null)).toBe(true);
  db.close();
});

it('keeps both arms of a comparison, and the same commits measured again are pooled', async () => {
  const modules = join(perfgate.bin(), '../../node_modules');
  if (!existsSync(modules)) symlinkSync(join(import.meta.dirname, '../../../node_modules'), modules);
  const repo = countingProject();
  const [base] = [repo.git('rev-parse', 'HEAD')];
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('half the steps');
  const compare = () => perfgate.run(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--record');
  expect((await compare()).stderr).toContain('Recorded 2 points');
  await compare();
  type Trends = { benchmarks: { commits: { commit: string; measurements: number }[] }[] };
  const { benchmarks } = await perfgate.json<Trends>(repo.root, 'monitor', 'trends', 'bench:bench.sh');
  expect(benchmarks).toHaveLength(1);
  expect(benchmarks[0]!.commits).toMatchObject([
    { commit: base, measurements: 2 },
    { commit: repo.git('rev-parse', 'HEAD'), measurements: 2 },
  ]);
  expect((await perfgate.run(repo.root, 'monitor', 'check', '--benchmarks')).code).toBe(0);
});
