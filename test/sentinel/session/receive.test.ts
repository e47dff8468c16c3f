import { expect, it, onTestFinished } from 'vitest';
import { openReceiver } from '../../../src/sentinel/session/receive.ts';
import { exported } from './invented.ts';

const json = { 'content-type': 'application/json' };

async function receiver() {
  const opened = await openReceiver();
  onTestFinished(opened.close);
  const post = async (path: string, body: string, headers: Record<string, string> = json) =>
    (await fetch(`${opened.endpoint}${path}`, { method: 'POST', headers, body })).status;
  return { ...opened, post };
}

it('stores the events of JSON bodies, from this machine only', async () => {
  const { endpoint, events, post } = await receiver();
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
  for (const body of exported) expect(await post('/v1/logs', JSON.stringify(body))).toBe(200);
  expect(await post('/v1/metrics', '{}')).toBe(200);
  expect(events).toHaveLength(8);
  expect(events[0]).toMatchObject({ name: 'hook_execution_complete', session: 'f00d' });
});

it('refuses a request that is not an export, and continues', async () => {
  const { endpoint, events, post } = await receiver();
  expect(await post('/v1/logs', '{', json)).toBe(400);
  expect(await post('/v1/logs', 'x', { 'content-type': 'application/x-protobuf' })).toBe(415);
  expect(await post('/elsewhere', '{}')).toBe(404);
  const { status } = await fetch(new URL('/v1/logs', endpoint), { method: 'POST', headers: json, body: '{}' });
  expect(status).toBe(404); // without the secret in the path
  const tooLong = post('/v1/logs', JSON.stringify({ filling: 'x'.repeat(5 * 1024 ** 2) }));
  expect(await tooLong.catch(() => 413)).toBe(413); // or the connection is closed before all of it is sent
  expect(await post('/v1/logs', JSON.stringify(exported[0]))).toBe(200);
  expect(events).toHaveLength(4);
});
