import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { commitFacts, firstParents } from '../../../src/git/history.ts';
import { openRepo } from '../../../src/git/repo.ts';
import { addBench, type BenchPoint, benchIn } from '../../../src/monitor/store/bench.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { repository, type TestRepository } from '../../helpers/repository.ts';
import { withSqlite } from '../../helpers/sqlite.ts';

const perfgate = perfGate();
const home = () => perfgate.env().PERF_GATE_MONITOR_HOME!;

const steps = { name: 'steps', unit: 'steps', source: { stdout: 'metric', key: 'steps' }, deterministic: true };
const shared = { version: 1, claim: 'no_worse', threshold: { no_worse_pct: 3 }, profiler: 'none', room: 'off' };
const own = {
  ...shared,
  repro: { measurement_runs: 3, max_runs: 3 },
  metrics: { primary: steps },
  benchmarks: ['parse', 'sort', 'print'].map((name) => ({ name, repro: { script: `sh bench.sh ${name}` } })),
};
const bench = '. ./work.sh\neval "v=\\$$1"; test "$v" != fail || exit 7\necho "METRIC steps=$v"\n';
const work = (parse: number | string, nth: number) => `parse=${parse}\nsort=200\nprint=300\n# ${nth}\n`;

/** Twelve commits; `parse` takes 10 % longer from the seventh on. */
async function slowerInTheMiddle(): Promise<{ repo: TestRepository; order: string[] }> {
  const repo = repository({ 'bench/suite.yaml': stringify(own), 'bench.sh': bench, 'work.sh': work(100, 0) });
  for (let i = 1; i < 12; i++) {
    repo.write('work.sh', work(i < 6 ? 100 : 110, i));
    repo.commit(`change ${i}`);
  }
  return { repo, order: await firstParents(await openRepo(repo.root)) };
}

it('the store has a series for each benchmark of a suite, and only the one that became worse is measured to prove it', async () => {
  withSqlite(perfgate.bin());
  const { repo, order } = await slowerInTheMiddle();
  const words = ['compare', order[5]!, order[6]!, '--contract', 'bench/suite.yaml', '--record'];
  const said = await perfgate.run(repo.root, ...words);
  expect(said).toMatchObject({ code: 1, stderr: expect.stringContaining('Recorded 6 points') });
  expect(said.stderr).toContain('monitor trends bench:suite/');
  const db = await openStore(join(home(), 'monitor.db'));
  const found = benchIn(db);
  const figures = ({ name, arm, median, dirty }: BenchPoint) => [name, arm, median, dirty];
  expect(found.map(figures).sort()).toEqual([
    ...['suite/parse', 'suite/print', 'suite/sort'].flatMap((name, i) => [
      [name, 'base', [100, 300, 200][i], false],
      [name, 'head', [110, 300, 200][i], false],
    ]),
  ]);
  const opened = await openRepo(repo.root);
  for (const [i, id] of order.entries()) {
    if (i === 5 || i === 6) continue;
    const commit = await commitFacts(opened, id);
    addBench(
      db,
      found.filter(({ arm }) => (i < 6 ? arm === 'base' : arm === 'head')).map((point) => ({ ...point, commit })),
    );
  }
  db.close();
  const { benchmarks } = await perfgate.json<{ benchmarks: object[] }>(repo.root, 'monitor', 'regressions');
  expect(benchmarks).toMatchObject([{ name: 'suite/parse', worse: { from: order[5], to: order[6] } }]);
  type Proved = { cases: { state: string }[] };
  const proved = await perfgate.json<Proved>(repo.root, 'monitor', 'regressions', '--confirm', 'bench:suite/parse');
  expect(proved).toMatchObject({ code: 1, cases: [{ state: 'proved', proof: { answer: 'regressed' } }] });
});

it('a failed benchmark is left out, and the command fails if no benchmark was stored', async () => {
  withSqlite(perfgate.bin());
  const repo = repository({ 'c.yaml': stringify(own), 'bench.sh': bench, 'work.sh': work(100, 0) });
  const compared = async (text: string) => {
    repo.write('work.sh', text);
    repo.commit('the change');
    return perfgate.run(repo.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--record');
  };
  const one = await compared(work('fail', 1));
  expect(one).toMatchObject({ code: 1, stderr: expect.stringContaining('Recorded 4 points') });
  expect(one.stderr).toContain('Benchmarks not recorded, because a run failed: parse');
  await compared(work(100, 2));
  const all = await compared('exit 1\n');
  expect(all).toMatchObject({ code: 3, stderr: expect.stringContaining('Nothing was recorded') });
});

it('a command line that a tool uses as a benchmark’s name is not stored, and no secret is', async () => {
  withSqlite(perfgate.bin());
  const tool = (name: string) =>
    `cat > out.json <<END\n{"results":[{"command":"${name}","times":[1]},{"command":"./b --token other-secret","times":[2]}]}\nEND\n`;
  const every = {
    ...shared,
    repro: { script: 'sh tool.sh' },
    metrics: {
      primary: { name: 'mean', unit: 's', source: { format: 'hyperfine', file: 'out.json', key: '*' } },
    },
  };
  const repo = repository({ 'c.yaml': stringify(every), 'tool.sh': tool('./a --key=hunter2hunter2'), 'n.txt': '1\n' });
  repo.write('n.txt', '2\n');
  repo.commit('the change');
  const env = { ...perfgate.env(), PERF_GATE_MONITOR_HOME: join(repo.root, '../home'), MY_API_KEY: 'hunter2hunter2' };
  const words = ['compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--record'];
  const ended = await execute(process.execPath, [perfgate.bin(), ...words], { cwd: repo.root, env });
  expect(ended.stderr).toContain('Recorded 4 points');
  const folder = env.PERF_GATE_MONITOR_HOME;
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(kept.join('')).toContain('"name":"c/a"');
  expect(kept.join('')).not.toMatch(/hunter2|other-secret/);
});
