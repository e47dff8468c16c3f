import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killProcess, start } from '../../../src/core/exec.ts';
import { makeHome } from '../../../src/monitor/home.ts';
import { openDatabase } from '../../../src/monitor/store/driver.ts';
import { APPLICATION, steps } from '../../../src/monitor/store/schema.ts';
import { type Ended, execute } from '../../helpers/cli.ts';

/** A monitor with a home of its own, run by one version of Node. */
export type Killable = { node: string; bin: string; home: string; env: NodeJS.ProcessEnv };

const monitor = ({ node, bin, home, env }: Killable, ...words: string[]): Promise<Ended> =>
  execute(node, [bin, 'monitor', ...words], { cwd: home, env });

/** Bodies are numbered from 0 on; `sent`: how many were begun to be sent, `answered`: those that the service said it has. */
export type Sent = { sent: number; answered: Set<number> };

const CLIENTS = 4;
const IN_A_BODY = 5;

/** What clients send as number n: always the same events, of the hour before `now`. */
function bodyOf(n: number, now: number): string {
  const records = Array.from({ length: IN_A_BODY }, (_, i) => {
    const of = {
      'event.name': 'tool_result',
      'session.id': `s${n % 7}`,
      tool_name: `Tool${(n + i) % 9}`,
      tool_use_id: `t${n}-${i}`,
      duration_ms: String((n * 37 + i) % 900),
    };
    const attributes = Object.entries(of).map(([key, value]) => ({ key, value: { stringValue: value } }));
    return { timeUnixNano: `${now - (n % 50) * 60_000}000000`, attributes };
  });
  return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] });
}

/**
 * Starts the service, lets clients post, kills it after so many ms, and starts it again; what was not answered is sent again, as clients do.
 * `gc`: another process tidies the store meanwhile, and is killed with it or not. Gives what is wrong afterwards; nothing, if all is well.
 */
export async function killed(
  killable: Killable,
  sent: Sent,
  { after, gc, now }: { after: number; gc: 'none' | 'whole' | 'killed'; now: number },
): Promise<string[]> {
  const started = await monitor(killable, 'start', '--otlp', '0', '--port', '0', '--json');
  if (started.code !== 0) return [`it does not start: ${started.stderr}`];
  const { endpoint, pid } = JSON.parse(started.stdout) as { endpoint: string; pid: number };
  const from = sent.sent;
  let isDead = false;
  const client = async () => {
    while (!isDead) {
      const n = sent.sent++;
      if (await posted(endpoint, bodyOf(n, now))) sent.answered.add(n);
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  const tidying = gc === 'whole' ? monitor(killable, 'gc') : undefined;
  const ended = gc === 'killed' ? tidyingUntil(killable, after) : undefined;
  await sleep(after);
  killProcess(pid);
  isDead = true;
  await Promise.all([...clients, tidying, ended]);
  const wrong = await found(killable, sent);
  const again = await monitor(killable, 'start', '--otlp', '0', '--port', '0', '--json');
  if (again.code !== 0) return [...wrong, `it does not start again: ${again.stderr}`];
  const later = (JSON.parse(again.stdout) as { endpoint: string }).endpoint;
  for (let n = from; n < sent.sent; n++)
    if (await posted(later, bodyOf(n, now))) sent.answered.add(n);
    else wrong.push(`body ${n} is not taken after the kill`);
  const stopped = await monitor(killable, 'stop');
  if (stopped.code !== 0) wrong.push(`it does not stop: ${stopped.stderr}`);
  const log = readFileSync(join(killable.home, 'service.log'), 'utf8');
  if (/\n\s+at |could not/.test(log)) wrong.push(`its log says: ${log}`);
  return [...wrong, ...(await found(killable, sent))];
}

/** `gc` in a process that is killed after so many ms, and what it needs to begin. */
async function tidyingUntil({ node, bin, home, env }: Killable, after: number): Promise<void> {
  const child = start(node, [bin, 'monitor', 'gc'], { cwd: home, env, stdio: 'ignore' });
  const gone = new Promise((done) => child.once('exit', done));
  await sleep(GC_BEGINS_MS + after);
  killProcess(child.pid!);
  await gone;
}

const GC_BEGINS_MS = 100;

/** A store of the first version, as it was before all later steps. `gc`, which opens it and so migrates it, is killed doing so. */
export async function oldStore(killable: Killable, after: number): Promise<void> {
  const { home } = killable;
  makeHome(home);
  const db = await openDatabase(join(home, 'monitor.db'), 'libsql');
  for (const sql of ['PRAGMA auto_vacuum = INCREMENTAL', 'PRAGMA journal_mode = WAL', steps[0]!]) db.exec(sql);
  db.exec(`PRAGMA application_id = ${APPLICATION}`);
  db.exec('PRAGMA user_version = 1');
  db.close();
  await tidyingUntil(killable, after);
}

/** Whether a body was taken; not, where the service dies meanwhile. */
const posted = (endpoint: string, body: string): Promise<boolean> =>
  new Promise((done) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${endpoint}/v1/logs`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => done(answer.statusCode === 200));
      answer.on('error', () => done(false));
    });
    sent.on('error', () => done(false));
    sent.end(body);
  });

/** Only what was sent counts: the service also notes the clients and the runs that this machine happens to have. */
const OURS = "series IN (SELECT id FROM series WHERE kind = 'tool')";

/** What is wrong with the store: damage, what was answered and is not there, anything twice, roll-ups that are not those of the events. */
async function found({ home }: Killable, { sent, answered }: Sent): Promise<string[]> {
  const db = await openDatabase(join(home, 'monitor.db'), 'libsql');
  try {
    db.exec('PRAGMA busy_timeout = 10000');
    const number = (sql: string) => Number(Object.values(db.get(sql)!)[0]);
    const version = number('PRAGMA user_version');
    const integrity = Object.values(db.get('PRAGMA integrity_check')!)[0];
    const events = number(`SELECT count(*) FROM event WHERE ${OURS}`);
    const odd = (table: string, step: number) =>
      number(`
        WITH counted AS (
          SELECT series, t / ${step} * ${step} AS t, count(*) AS n, sum(duration_ms) AS sum FROM event WHERE ${OURS} GROUP BY 1, 2
        ), rolled AS (SELECT series, t, n, sum FROM ${table} WHERE metric = 'duration_ms' AND ${OURS})
        SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM rolled))
             + (SELECT count(*) FROM (SELECT * FROM rolled EXCEPT SELECT * FROM counted))`);
    return [
      ...(version === steps.length ? [] : [`it is of version ${version}`]),
      ...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]),
      ...(events >= IN_A_BODY * answered.size
        ? []
        : [`${IN_A_BODY * answered.size - events} answered events are lost`]),
      ...(events <= IN_A_BODY * sent ? [] : ['some events are there twice']),
      ...(events % IN_A_BODY === 0 ? [] : ['half a body is there']),
      ...(odd('rollup_hour', 3_600_000) === 0 ? [] : ['hours are not those of the events']),
      ...(odd('rollup_day', 86_400_000) === 0 ? [] : ['days are not those of the events']),
    ];
  } finally {
    db.close();
  }
}
