import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { forwarding } from '../../../src/monitor/receive/forward.ts';
import { type Asked, json, listen, type Routes } from '../../../src/monitor/receive/http.ts';
import { freePort } from '../../measure/setup.ts';

/** A service with these routes, which is closed after the test. */
async function served(routes: Routes): Promise<string> {
  const { port, close } = await listen(0, routes, () => {});
  onTestFinished(close);
  return `http://127.0.0.1:${port}`;
}

/** A service that forwards everything, and its notes. */
async function passing(to: string, status = 200) {
  const notes: string[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const routes = { 'POST /v1/logs': () => json(status, {}) };
  const address = await served(forwarding(routes, to, stop.signal, (text) => notes.push(text)));
  const post = (body: string) =>
    fetch(`${address}/v1/logs`, { method: 'POST', body, headers: { authorization: 'SECRET' } });
  return { address, notes, post };
}

const until = async (holds: () => boolean) => {
  for (const deadline = Date.now() + 30_000; !holds() && Date.now() < deadline; ) await sleep(10);
};

it('simultaneous requests of several clients are forwarded to the other collector, without their keys', async () => {
  const got: Asked[] = [];
  const other = await served({
    'POST /v1/logs': (asked) => {
      got.push(asked);
      return json(200, {});
    },
  });
  const { post } = await passing(other);
  const sent = Array.from({ length: 40 }, (_, n) => String(n));
  const answers = await Promise.all(sent.map(post));
  expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));
  await until(() => got.length === sent.length);
  expect(got.map(({ body }) => Number(body.toString())).sort((a, b) => a - b)).toEqual(sent.map(Number));
  expect(got.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

it('a collector that hangs or is unreachable delays no sender, and is noted once', async () => {
  let asked = 0;
  const hangs = await served({ 'POST /v1/logs': () => new Promise(() => asked++) });
  const slow = await passing(hangs);
  const large = 'x'.repeat(1024 ** 2);
  const answers = await Promise.all(Array.from({ length: 24 }, () => slow.post(large)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect([asked, slow.notes.length, slow.notes[0]]).toEqual([
    1,
    1,
    expect.stringContaining('the collector is too slow'),
  ]);
  const gone = await passing(`http://127.0.0.1:${await freePort()}`);
  for (const body of ['1', '2', '3']) expect((await gone.post(body)).status).toBe(200);
  await until(() => gone.notes.length > 0);
  expect(gone.notes).toEqual([expect.stringContaining('could not be reached (ECONNREFUSED)')]);
});

it('rejected and already forwarded requests are not forwarded', async () => {
  let got = 0;
  const other = await served({
    'POST /v1/logs': () => {
      got++;
      return json(200, {});
    },
  });
  await (await passing(other, 415)).post('{}');
  // first to the second service, which must not forward it to the collector
  const second = await passing(other);
  const first = await passing(second.address);
  await first.post('{}');
  await second.post('{}');
  await until(() => got > 0);
  expect(got).toBe(1);
});

it('the configuration accepts only collectors on this machine', () => {
  const to = (forward_to: string) => configSchema.safeParse({ receiver: { forward_to } }).success;
  expect(['http://127.0.0.1:4319', 'http://localhost:4319/', 'http://[::1]:4319'].map(to)).toEqual([true, true, true]);
  const others = [
    'http://collector.example:4318',
    'http://127.0.0.1:1@evil.example:80',
    'http://127.0.0.1.evil.example:80',
  ];
  expect(others.map(to)).toEqual([false, false, false]);
});
