import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/stats/rng.ts';
import { pack } from '../helpers/pack.ts';
import { postgres } from '../helpers/postgres.ts';
import { benchFiles, work } from './bench.ts';
import { fleetOf, install, overlaps, type TestWorker } from './workers.ts';

/**
 * Runs many jobs on two hosts, kills workers, clients and connections at seeded moments, and restarts PostgreSQL: `npm run test:fleet -- --jobs 200
 * --kills 50 --seed x`. Calls a killed client again, as a person would. Then checks that every job has one answer, that no two executions of a host ran at
 * the same time, and that nothing is left.
 */
const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '200' },
    kills: { type: 'string', default: '50' },
    restarts: { type: 'string', default: '2' },
    seed: { type: 'string' },
  },
});
const [jobs, kills, restarts] = [Number(values.jobs), Number(values.kills), Number(values.restarts)];
const seed = values.seed ?? `${Date.now()}`;
const random = seededRandom(seed);
/** Clients at a time, and about how long a job takes, in ms. */
const [AT_ONCE, JOB_MS] = [6, 1500];

console.log(`seed ${seed}`);
const home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-fleet-test-')));
const server = await postgres();
const wrong: string[] = [];
const tally = { answered: 0, again: 0, workers: 0, clients: 0, connections: 0, restarts: 0 };
try {
  const bin = pack(home);
  install(home);
  const env = { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', XDG_STATE_HOME: join(home, 'state') };
  const fleet = fleetOf(() => ({ home, bin, env, server }));
  const hosts = new Map<string, TestWorker>();
  const clients = new Map<number, TestWorker>();
  for (const host of ['one', 'two']) hosts.set(host, await fleet.worker(host, '--lease', '10'));

  const ask = async (n: number) => {
    const root = projectIn(join(home, `project-${n}`));
    for (let tries = 1; ; tries++) {
      const client = fleet.compare(root);
      clients.set(n, client);
      const code = await client.ended;
      if (code === 0) break;
      if (code !== null) wrong.push(`job ${n}, call ${tries}: exit code ${code}\n${client.printed()}`);
      if (code !== null || tries > 20) return;
      tally.again++;
    }
    tally.answered++;
    rmSync(root, { recursive: true, force: true });
  };
  let next = 0;
  let over = false;
  const lane = async () => {
    while (next < jobs) await ask(next++);
  };
  const killing = (async () => {
    for (let n = 0; n < kills + restarts; n++) {
      // By the jobs that are answered and not by the time, so that a fast machine sees all kills too.
      const answered = Math.floor(((n + random()) / (kills + restarts)) * (jobs - AT_ONCE));
      while (tally.answered < answered && !over) await sleep(20);
      await sleep(random() * JOB_MS);
      if (n % Math.ceil((kills + restarts) / (restarts + 1)) === 1 && tally.restarts < restarts) {
        await server.restart();
        tally.restarts++;
      } else await kill();
    }
  })();
  async function kill() {
    const what = random();
    if (what < 0.4) {
      const host = random() < 0.5 ? 'one' : 'two';
      hosts.get(host)?.child.kill('SIGKILL');
      tally.workers++;
      hosts.set(host, await fleet.worker(host, '--lease', '10'));
    } else if (what < 0.7) {
      const running = [...clients.values()].filter(({ child }) => child.exitCode === null && child.signalCode === null);
      running[Math.floor(random() * running.length)]?.child.kill('SIGKILL');
      tally.clients++;
    } else {
      await fleet.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'perf-gate%' AND random() < 0.5`,
      );
      tally.connections++;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  over = true;
  await killing;
  const last = async () => (await fleet.sql('SELECT 1 FROM perf_gate.host WHERE job IS NOT NULL')).length === 0;
  while (!(await last())) await sleep(200);
  for (const { child, ended } of hosts.values()) {
    child.kill('SIGTERM');
    await ended;
  }
  const expected: [what: string, sql: string][] = [
    ['jobs that are not done', `SELECT id, state FROM perf_gate_jobs.job WHERE state <> 'completed'`],
    [
      'jobs without an answer',
      'SELECT r.job FROM perf_gate.request r WHERE NOT EXISTS (SELECT 1 FROM perf_gate.result a WHERE a.job = r.job)',
    ],
    ['sources', 'SELECT job, part FROM perf_gate.source'],
    ['lines', 'SELECT DISTINCT job FROM perf_gate.line'],
    ['records', 'SELECT job FROM perf_gate.result WHERE record IS NOT NULL'],
    ['attempts that go on', 'SELECT job FROM perf_gate.attempt WHERE ended IS NULL'],
    [
      'attempts that were done twice',
      `SELECT job FROM perf_gate.attempt WHERE how LIKE 'done%' GROUP BY job HAVING count(*) > 1`,
    ],
  ];
  for (const [what, sql] of expected) {
    const found = await fleet.sql(sql);
    if (found.length > 0) wrong.push(`${what}: ${JSON.stringify(found)}`);
  }
  const [{ n } = { n: 0 }] = await fleet.sql('SELECT count(*)::int AS n FROM perf_gate.result');
  if (n !== jobs) wrong.push(`${n} answers of ${jobs} jobs`);
  const same = overlaps(fleet.executions());
  if (same.length > 0) wrong.push(`executions at the same time: ${JSON.stringify(same)}`);
  for (const folder of ['tmp', 'cache-one/perf-gate/arms', 'cache-two/perf-gate/arms']) {
    const left = readdirSync(join(home, folder)).filter((name) => /^perf-gate-(?:fleet|clone)-|^compare-/.test(name));
    if (left.length > 0) wrong.push(`left in ${folder}: ${left.join(', ')}`);
  }
  console.log(`${fleet.executions().length} executions`);
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
console.log(JSON.stringify(tally));
console.log(wrong.length === 0 ? 'every job was answered once' : wrong.join('\n'));
process.exitCode = wrong.length > 0 ? 1 : 0;

function projectIn(root: string): string {
  mkdirSync(root);
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, stdio: 'pipe' });
  const own = ['-c', 'user.name=A User', '-c', 'user.email=user@example.org', 'commit', '--quiet', '--all'];
  git('init', '--quiet', '--initial-branch=main');
  for (const [name, text] of Object.entries(benchFiles(false))) writeFileSync(join(root, name), text);
  git('add', '--all');
  git(...own, '--message', 'first');
  writeFileSync(join(root, 'work.sh'), work(50));
  git(...own, '--message', 'half the work');
  return root;
}
