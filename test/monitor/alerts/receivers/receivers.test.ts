import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../../src/monitor/alerts/alert.ts';
import { type Delivering, deliver } from '../../../../src/monitor/alerts/deliver.ts';
import type { Notice } from '../../../../src/monitor/alerts/notices.ts';
import { outbox } from '../../../../src/monitor/alerts/outbox.ts';
import { type Receiver, receiverSchema } from '../../../../src/monitor/alerts/receivers/receiver.ts';
import { temporaryFolder } from '../../../helpers/repository.ts';
import { ruleOf, start } from '../traces.ts';
import { nobodyAt, server, status } from './server.ts';

const rule = ruleOf({ by: ['plugin'] });
const alert: Alert = {
  rule: 'slow',
  labels: { plugin: 'a' },
  severity: 'warning',
  value: 900,
  began: start,
  ended: null,
};
const notice: Notice = {
  rule: 'slow',
  status: 'firing',
  alerts: [alert, { ...alert, labels: { plugin: '<!channel> & co' }, ended: start + 60_000 }],
};

/** The requested waits between attempts; the test does not really wait. */
function world(more: Partial<Delivering> = {}) {
  const waited: number[] = [];
  const wait = async (ms: number) => void waited.push(ms);
  const signal = new AbortController().signal;
  const delivering: Delivering = { env: process.env, signal, rules: [rule], waits: [1000, 5000], wait, ...more };
  return { waited, delivering };
}
const receiver = (more: object): Receiver => receiverSchema.parse({ name: 'r', ...more });

describe('a webhook', () => {
  test('receives the body that Alertmanager would send', async () => {
    const { url, got } = await server(status(200));
    const headers = { authorization: 'Bearer x' };
    const done = await deliver(receiver({ type: 'webhook', url, headers }), notice, world().delivering);
    expect(done).toEqual({ receiver: 'r', rule: 'slow', attempts: 1, problem: null });
    expect(got[0]!.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer x' });
    const sent = JSON.parse(got[0]!.body);
    expect(sent).toMatchObject({
      version: '4',
      groupKey: '{}:{alertname="slow"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'r',
      groupLabels: { alertname: 'slow' },
      commonLabels: { alertname: 'slow', severity: 'warning' },
    });
    expect(sent.alerts).toMatchObject([
      {
        status: 'firing',
        labels: { alertname: 'slow', severity: 'warning', plugin: 'a' },
        startsAt: '2026-11-30T08:00:00.000Z',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      { status: 'resolved', endsAt: '2026-11-30T08:01:00.000Z' },
    ]);
    expect(sent.alerts[0].annotations.summary).toContain('above 500 ms');
  });

  test('with a temporary failure is retried a limited number of times', async () => {
    const recovering = await server((response, number) => status(number < 3 ? 503 : 200)(response));
    const first = world();
    expect(await deliver(receiver({ type: 'webhook', url: recovering.url }), notice, first.delivering)).toMatchObject({
      attempts: 3,
      problem: null,
    });
    expect(first.waited).toEqual([1000, 5000]);
    const broken = await server(status(500));
    expect(await deliver(receiver({ type: 'webhook', url: broken.url }), notice, world().delivering)).toMatchObject({
      attempts: 3,
      problem: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 500$/),
    });
    expect(broken.got).toHaveLength(3);
  });

  test.each([400, 404, 302])('that answers %i is not retried, and redirects are not followed', async (code) => {
    const target = await server(status(200));
    const { url, got } = await server((response) => {
      response.setHeader('location', target.url);
      status(code)(response);
    });
    const done = await deliver(receiver({ type: 'webhook', url }), notice, world().delivering);
    expect(done).toMatchObject({ attempts: 1, problem: expect.stringContaining(`answered ${code}`) });
    expect([got.length, target.got.length]).toEqual([1, 0]);
    expect(done!.problem).not.toContain('secret');
  });

  test('that never answers is given up after its timeout, and an unreachable one at once', async () => {
    const { url } = await server(() => {});
    const silent = receiver({ type: 'webhook', url, timeout: '50ms' });
    expect(await deliver(silent, notice, world({ waits: [] }).delivering)).toMatchObject({
      attempts: 1,
      problem: expect.stringContaining('did not answer within 0.05 s'),
    });
    const gone = receiver({ type: 'webhook', url: await nobodyAt() });
    expect(await deliver(gone, notice, world().delivering)).toMatchObject({
      attempts: 3,
      problem: expect.stringContaining('could not be reached (ECONNREFUSED'),
    });
  });

  test('is given up when the monitor stops', async () => {
    const { url } = await server(() => {});
    const stop = new AbortController();
    const sending = deliver(receiver({ type: 'webhook', url }), notice, world({ signal: stop.signal }).delivering);
    stop.abort();
    expect(await sending).toMatchObject({ attempts: 1, problem: 'stopped' });
  });
});

test('Slack receives one line for each alert, in which names cannot mention users', async () => {
  const { url, got } = await server(status(200));
  expect(await deliver(receiver({ type: 'slack', url }), notice, world().delivering)).toMatchObject({ problem: null });
  const { text } = JSON.parse(got[0]!.body);
  expect(text.split('\n')).toHaveLength(3);
  expect(text).toContain('*slow*: 1 firing');
  expect(text).toContain('&lt;!channel&gt; &amp; co');
  expect(text).not.toContain('<');
});

describe('a program', () => {
  test('receives the message as JSON on stdin', async () => {
    const file = join(temporaryFolder('perf-gate-alert-'), 'got');
    const command = ['/bin/sh', '-c', 'cat > "$0"', file];
    expect(await deliver(receiver({ type: 'command', command }), notice, world().delivering)).toMatchObject({
      problem: null,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '4', receiver: 'r' });
  });

  test('runs in the user’s home folder', async () => {
    const HOME = temporaryFolder('perf-gate-alert-');
    const env = { ...process.env, HOME };
    const command = ['sh', '-c', 'cat > got'];
    await deliver(receiver({ type: 'command', command }), notice, world({ env }).delivering);
    expect(readFileSync(join(HOME, 'got'), 'utf8')).toContain('"version":"4"');
  });

  test.each([
    [['/bin/sh', '-c', 'echo no room >&2; exit 3'], '1m', 'ended with 3: no room'],
    [['/no/such/program'], '1m', 'could not be started'],
    [['/bin/sh', '-c', 'exec sleep 60'], '200ms', 'did not finish within 0.2 s'],
  ])('%j fails and is not retried', async (command, timeout, problem) => {
    const failing = receiver({ type: 'command', command, timeout });
    expect(await deliver(failing, notice, world().delivering)).toMatchObject({
      attempts: 1,
      problem: expect.stringContaining(problem),
    });
  });

  test('desktop notifications use notify-send, if it is installed', async () => {
    const path = temporaryFolder('perf-gate-desktop-');
    const env = { PATH: `${path}${delimiter}/usr/bin${delimiter}/bin` };
    const desktop = receiver({ type: 'desktop' });
    writeFileSync(join(path, 'notify-send'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${path}/shown'\n`);
    chmodSync(join(path, 'notify-send'), 0o755);
    expect(await deliver(desktop, notice, world({ env }).delivering)).toMatchObject({ problem: null });
    const shown = readFileSync(join(path, 'shown'), 'utf8').split('\n');
    expect(shown.slice(0, 4)).toEqual(['--app-name=perf-gate', '--urgency=normal', '--', 'perf-gate: slow']);
    expect(shown[4]).toContain('&lt;!channel> &amp; co');
    expect(await deliver(desktop, notice, world({ env: { PATH: '' } }).delivering)).toMatchObject({
      problem: 'notify-send could not be started. Is it installed?',
    });
  });
});

describe('receivers get the alerts that they want', () => {
  test.each([
    [{ severity: 'critical' }, null],
    [{ send_resolved: false }, 1],
    [{}, 2],
  ])('%j', async (more, alerts) => {
    const { url, got } = await server(status(200));
    const done = await deliver(receiver({ type: 'webhook', url, ...more }), notice, world().delivering);
    if (alerts === null) expect(done).toBeNull();
    expect(got.map(({ body }) => JSON.parse(body).alerts.length)).toEqual(alerts === null ? [] : [alerts]);
  });

  test.each([
    [{ type: 'webhook', url: 'file:///etc/passwd' }],
    [{ type: 'webhook', url: 'nonsense' }],
    [{ type: 'command', command: 'rm -rf /' }],
    [{ type: 'command', command: [] }],
    [{ type: 'command', command: ['./notify.sh'] }],
    [{ type: 'slack', url: 'https://me:secret@hooks.example/x' }],
    [{ type: 'webhook', url: 'https://:secret@hooks.example/x' }],
    [{ type: 'webhook', url: 'https://hooks.example/x', headers: { authorization: 'a\nb' } }],
    [{ type: 'mail' }],
  ])('%j is refused', (more) => {
    expect(receiverSchema.safeParse({ name: 'r', ...more }).success).toBe(false);
  });
});

test('a slow receiver does not delay others and receives its messages in order; surplus messages are dropped, with a note', async () => {
  const sent: string[] = [];
  const dropped: string[] = [];
  let release = () => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const box = outbox(
    async (to, { rule }) => {
      if (to.name === 'slow') await blocked;
      sent.push(`${to.name} ${rule}`);
    },
    (to, { rule }) => void dropped.push(`${to.name} ${rule}`),
  );
  const [slow, quick] = ['slow', 'quick'].map((name) => receiver({ type: 'desktop', name }));
  for (let i = 0; i < 103; i++) box.push(slow!, { ...notice, rule: `m${i}` });
  box.push(quick!, notice);
  await new Promise(setImmediate);
  expect(sent).toEqual(['quick slow']);
  release();
  await box.idle();
  expect(dropped).toEqual(['slow m1', 'slow m2']);
  expect(sent.slice(1, 4)).toEqual(['slow m0', 'slow m3', 'slow m4']);
  expect(sent).toHaveLength(102);
});
