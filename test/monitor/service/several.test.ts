import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { runService } from '../../../src/monitor/service/run.ts';
import { openForReading } from '../../../src/monitor/store/open.ts';
import { folder } from '../../helpers/folder.ts';
import { logs, record, sentNow } from '../otlp/bodies.ts';

/** A service in this process; `sessions`: how many events each session has in its store. */
async function service(receiver: { forward_to?: string }) {
  const home = join(folder(), 'home');
  const stop = new AbortController();
  const notes: string[] = [];
  let ended: Promise<void> | undefined;
  const port = await new Promise<number>((done, fail) => {
    ended = runService({
      home,
      otlpPort: 0,
      pagePort: null,
      config: configSchema.parse({ receiver, metrics: { resource_usage: false } }),
      clock: systemClock,
      env: { ...process.env, XDG_CACHE_HOME: home },
      self: [],
      signal: stop.signal,
      ready: ({ otlp_port }) => done(otlp_port),
      note: (text) => notes.push(text),
    });
    ended.catch(fail);
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  const sessions = async () => {
    const db = (await openForReading(join(home, 'monitor.db')))!;
    const rows = db.all(
      'SELECT s.name, count(*) AS n FROM event e JOIN session s ON s.id = e.session GROUP BY s.name ORDER BY s.name',
    );
    db.close();
    return rows.map(({ name, n }) => [name, Number(n)]);
  };
  return { address: `http://127.0.0.1:${port}`, sessions, notes };
}

it('the events of several simultaneous clients are all stored, here and in the monitor to which they are forwarded', async () => {
  const second = await service({});
  const first = await service({ forward_to: second.address });
  const clients = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
  const one = (session: string, nth: number) =>
    record('tool_result', {
      'session.id': session,
      tool_name: 'Bash',
      tool_use_id: `${session} ${nth}`,
      duration_ms: '5',
      success: 'true',
    });
  const send = async (session: string) => {
    for (let nth = 0; nth < 10; nth++) {
      const answer = await fetch(`${first.address}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sentNow(logs(one(session, 2 * nth), one(session, 2 * nth + 1)))),
      });
      expect(answer.status).toBe(200);
    }
  };
  await Promise.all(clients.map(send));
  const all = clients.map((session) => [session, 20]);
  expect(await first.sessions()).toEqual(all);
  const isThere = async () => JSON.stringify(await second.sessions()) === JSON.stringify(all);
  for (const deadline = Date.now() + 30_000; !(await isThere()) && Date.now() < deadline; ) await sleep(50);
  expect(await second.sessions()).toEqual(all);
  expect([...first.notes, ...second.notes]).toEqual([]);
});
