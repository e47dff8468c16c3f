import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { commitFacts, firstParents } from '../../../src/git/history.ts';
import { openRepo } from '../../../src/git/repo.ts';
import { benchLines } from '../../../src/monitor/analytics/by-commit.ts';
import { addBench, type BenchPoint, benchIn } from '../../../src/monitor/store/bench.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { contractText, countingProject } from '../../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../../helpers/repository.ts';
import { withSqlite } from '../../helpers/sqlite.ts';

const perfgate = perfGate();
const database = () => join(perfgate.env().PERF_GATE_MONITOR_HOME!, 'monitor.db');

const one: BenchPoint = {
  ...{ name: 'bench.sh', metric: 'steps', unit: 'ms', lower_is_better: true, project: 'p ', contract: 'c' },
  ...{ machine: 'm', instrument: 'i', t: 1, arm: 'head', commit: null, dirty: false, file: null },
  ...{ values: [1], median: 1, ci95: null },
};
const commit = (nth: number) => ({ id: String(nth).padStart(40, '0'), time: nth, parent: null });
const measured = (nth: number, values: number[], t = nth): BenchPoint => ({ ...one, t, commit: commit(nth), values });

it('every commit has the same weight, and so has every measurement of it; machines are never mixed', () => {
  const calm = Array.from({ length: 12 }, (_, i) => measured(i, [100 + (i % 3)]));
  const often = Array.from({ length: 30 }, (_, i) => measured(11, [130 + i / 100], 100 + i));
  const [line] = benchLines([...calm, ...often], null);
  expect(line).toMatchObject({ worse: null, commits: { length: 12 } });
  expect(line!.commits.at(-1)).toMatchObject({ measurements: 31 });
  const noisy = [measured(1, [10], 1), measured(1, [11], 2), measured(1, Array(500).fill(99), 3)];
  expect(benchLines(noisy, null)[0]!.commits[0]!.median).toBe(11);
  const risen = Array.from({ length: 12 }, (_, i) => measured(i, [(i < 6 ? 100 : 110) + i / 100]));
  expect(benchLines(risen, null)[0]!.worse).toMatchObject({ from: commit(5).id, to: commit(6).id });
  expect(benchLines(risen.slice(0, 9), null)[0]!.worse).toBe(null);
  expect(benchLines([...risen, { ...risen[0]!, machine: 'another' }], null)).toHaveLength(2);
  const times = risen.map((point) => ({ ...point, commit: null, t: 60_000 * point.t }));
  expect(benchLines(times, null)[0]).toMatchObject({ worse: { to: '1970-01-01T00:06' }, commits: { length: 12 } });
});

it('invalid rows are left out', async () => {
  const db = await openStore(join(temporaryFolder(), 'monitor.db'));
  expect(addBench(db, [one])).toBe(1);
  expect(addBench(db, [one])).toBe(0);
  const of = { ...one, commit: { id: '--output=x', time: 1, parent: null }, t: 2 };
  addBench(db, [of, { ...one, values: [], t: 3 }]);
  db.run('INSERT INTO bench_point (key, t, series, data) VALUES (?, ?, ?, ?)', 'k', 1, '{', '[]');
  expect(benchIn(db)).toEqual([one]);
  db.close();
});

/** Twelve commits, the last six slower; the points of the others are like those that the two in the middle were measured to have. */
async function slowerInTheMiddle(): Promise<{ repo: TestRepository; order: string[] }> {
  const repo = countingProject({}, { 'perf-gate.yaml': contractText() });
  for (let i = 1; i < 12; i++) {
    repo.write('work.sh', `STEPS=${i < 6 ? 100 : 110}\nANSWER=42\n# ${i}\n`);
    repo.commit(`change ${i}`);
  }
  const opened = await openRepo(repo.root);
  return { repo, order: await firstParents(opened) };
}

it('regressions names the commit that made a benchmark worse, and proves it with the contract of the older commit', async () => {
  withSqlite(perfgate.bin());
  const { repo, order } = await slowerInTheMiddle();
  const said = await perfgate.run(repo.root, 'compare', order[5]!, order[6]!, '--record');
  expect(said.stderr).toContain('Recorded 2 points');
  const opened = await openRepo(repo.root);
  const db = await openStore(database());
  const [base, head] = ['base', 'head'].map((arm) => benchIn(db).find((point) => point.arm === arm));
  for (const [i, id] of order.entries()) {
    if (i === 5 || i === 6) continue;
    addBench(db, [{ ...(i < 6 ? base! : head!), commit: await commitFacts(opened, id) }]);
  }
  db.close();
  repo.write('perf-gate.yaml', contractText({ repro: { script: 'touch was-run' } }));
  const { benchmarks } = await perfgate.json<{ benchmarks: object[] }>(repo.root, 'monitor', 'regressions');
  expect(benchmarks).toMatchObject([{ worse: { from: order[5], to: order[6] }, file: 'perf-gate.yaml' }]);
  expect((await perfgate.run(repo.root, 'monitor', 'check', '--benchmarks')).code).toBe(1);
  type Proved = { cases: { state: string; proof: { estimate_pct: number } }[] };
  const proved = await perfgate.json<Proved>(repo.root, 'monitor', 'regressions', '--confirm', 'bench:bench.sh');
  expect(proved).toMatchObject({ code: 1, cases: [{ state: 'proved', proof: { answer: 'regressed' } }] });
  expect(proved.cases[0]!.proof.estimate_pct).toBeCloseTo(10);
});

it('a slowdown of a command stays a suspicion, and the output explains how to decide it', async () => {
  withSqlite(perfgate.bin());
  const { repo, order } = await slowerInTheMiddle();
  await perfgate.run(repo.root, 'measure', '--runs', '2', '--record', '--command-name', 'noop', '--', 'true');
  const opened = await openRepo(repo.root);
  const db = await openStore(database());
  const [point] = benchIn(db).filter(({ name }) => name === 'noop');
  db.run('DELETE FROM bench_point');
  for (const [i, id] of order.entries())
    addBench(db, [
      {
        ...point!,
        t: point!.t + 1 + i,
        commit: await commitFacts(opened, id),
        values: [i < 6 ? 100 : 130],
        median: i < 6 ? 100 : 130,
      },
    ]);
  db.close();
  const confirmed = await perfgate.run(repo.root, 'monitor', 'regressions', '--confirm', 'bench:noop');
  expect(confirmed.code).toBe(4);
  expect(confirmed.stdout.replace(/\s+/g, ' ')).toContain(
    `perf-gate compare ${order[5]!.slice(0, 10)}..${order[6]!.slice(0, 10)} --no-worse-than 3%`,
  );
});

it('secrets of a command are not stored, and a command outside of a repository is a series by time', async () => {
  withSqlite(perfgate.bin());
  const cwd = temporaryFolder();
  const env = { ...perfgate.env(), PERF_GATE_MONITOR_HOME: join(cwd, 'monitor'), MY_API_KEY: 'hunter2hunter2' };
  const words = ['measure', '--runs', '2', '--record', '--', 'true --key=hunter2hunter2 --token=other-secret'];
  const ended = await execute(process.execPath, [perfgate.bin(), ...words], { cwd, env });
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('bench:true') });
  const files = readdirSync(join(cwd, 'monitor')).map((name) => readFileSync(join(cwd, 'monitor', name), 'latin1'));
  expect(files.join('')).not.toMatch(/hunter2|other-secret/);
  const trends = await execute(process.execPath, [perfgate.bin(), 'monitor', 'trends', 'bench:true'], { cwd, env });
  expect(trends.stdout).toMatch(/true {2}wall_ms[\s\S]*\d{4}-\d\d-\d\dT/);
  const csv = await execute(process.execPath, [perfgate.bin(), 'monitor', 'export', 'benchmarks'], { cwd, env });
  expect(csv.stdout).toMatch(/^name,.*\r\ntrue,wall_ms,ms,,/);
});

it('a shallow clone is reported before measuring', async () => {
  const repo = countingProject({ repro: { script: 'touch was-run' } });
  repo.write('work.sh', 'STEPS=1\n');
  repo.commit('second');
  const clone = join(temporaryFolder(), 'clone');
  repo.git('clone', '-q', '--depth', '2', `file://${repo.root}`, clone);
  const ended = await perfgate.run(clone, 'compare', 'HEAD', 'HEAD', '--contract', 'c.yaml', '--record');
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('--unshallow') });
  expect(readdirSync(clone)).not.toContain('.perf-gate');
});

it('the CI steps record the measurements, and fail if a run failed', async () => {
  withSqlite(perfgate.bin());
  const page = readFileSync(join(import.meta.dirname, '../../../docs/continuous-benchmarks.md'), 'utf8');
  const steps = parse(/```yaml\n([\s\S]*?)```/.exec(page)![1]!) as { run?: string }[];
  const [record, check] = steps.flatMap(({ run = [] }) => run);
  const home = temporaryFolder();
  const repo = countingProject({}, { 'perf-gate.yaml': contractText() });
  const sh = (text: string) =>
    execute('bash', ['-e', '-c', text.replaceAll('npx perf-gate', `"${process.execPath}" "${perfgate.bin()}"`)], {
      cwd: repo.root,
      env: { ...perfgate.env(), PERF_GATE_MONITOR_HOME: home },
    });
  repo.write('work.sh', 'STEPS=100\nANSWER=42\n# same\n');
  repo.commit('as fast');
  expect(await sh(record!)).toMatchObject({ code: 0, stderr: expect.stringContaining('Recorded 2 points') });
  expect((await sh(check!)).code).toBe(0);
  repo.write('work.sh', 'exit 1\n');
  repo.commit('broken');
  expect(await sh(record!)).toMatchObject({ code: 3, stderr: expect.stringContaining('Nothing was recorded') });
});
