import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command as alerts } from '../../../src/cli/commands/monitor/alerts.ts';
import { command as check } from '../../../src/cli/commands/monitor/check.ts';
import { rulesOf } from '../../../src/monitor/alerts/own-rules.ts';
import { watchOf } from '../../../src/monitor/alerts/watch.ts';
import { monitorConfig } from '../../../src/monitor/config/read.ts';
import { writtenConfig } from '../../../src/monitor/config/schema.ts';
import { monitorPaths } from '../../../src/monitor/home.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { call, type Options } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const config = (got: string) => `alerting:
  rules:
    - { name: any-hook, metric: hook_event.duration_ms, agg: rate, op: ">", value: 0, for: 0s, window: 90m }
notifications:
  receivers:
    - { name: log, type: command, command: [/bin/sh, -c, "cat >> ${got}"] }
`;

/** A user's configuration and store, with one recent event. */
async function place() {
  const folder = temporaryFolder('perf-gate-alerts-');
  const env = { PERF_GATE_MONITOR_HOME: join(folder, 'home'), XDG_CONFIG_HOME: join(folder, 'config') };
  const got = join(folder, 'got');
  mkdirSync(join(folder, 'config/perf-gate'), { recursive: true });
  writeFileSync(join(folder, 'config/perf-gate/monitor.yaml'), config(got));
  const paths = monitorPaths(env.PERF_GATE_MONITOR_HOME);
  const db = await openStore(paths.database);
  const event = {
    t: Date.now(),
    kind: 'hook_event',
    name: 'Stop',
    duration_ms: 5,
    ok: true,
    session: 's',
    prompt: null,
  } as const;
  const more = { project: null, plugin: '', handler_hash: '', source: 'otlp', identity: '1', attributes: {} } as const;
  writerOf(db, { compress: true }).add([{ ...event, ...more }], 0);
  const look = async () => {
    const { alerting, notifications } = monitorConfig(env).config;
    const { receivers } = notifications;
    const signal = new AbortController().signal;
    const watch = watchOf({
      db,
      rules: rulesOf(alerting),
      receivers,
      file: paths.alerts,
      env: process.env,
      signal,
      note: () => {},
    });
    watch.look(Date.now());
    await watch.idle();
  };
  const ask = (command: typeof alerts | typeof check, args: string[] = [], options: Options = {}) =>
    call(command as typeof check, { cwd: folder, env }, args, options);
  return { folder, env, got, look, ask, close: () => db.close() };
}

test('alerts list, silence and check show the state as of the service’s last evaluation', async () => {
  const { ask, look, got, close } = await place();
  expect((await ask(check)).error?.code).toBe('monitor_not_running');
  await look();
  const listed = await ask(alerts);
  expect(listed.out).toContain(
    'warning  any-hook: the rate of hook_event.duration_ms is 0.0 a minute, above 0.0 a minute',
  );
  expect(listed.out).toMatch(/slow-hooks-warning +quiet/);
  expect(await ask(check)).toMatchObject({ code: 1 });
  expect(JSON.parse(readFileSync(got, 'utf8'))).toMatchObject({
    receiver: 'log',
    groupLabels: { alertname: 'any-hook' },
  });
  expect(await ask(alerts, ['silence', 'other'])).toMatchObject({ code: 2, error: { code: 'monitor_no_rule' } });
  const made = JSON.parse((await ask(alerts, ['silence', 'any-hook'], { for: '1h', reason: 'known', json: true })).out);
  expect(made).toMatchObject({ rule: 'any-hook', reason: 'known' });
  const checked = await ask(check, [], { json: true });
  expect(checked.code).toBe(0);
  expect(JSON.parse(checked.out).alerts).toMatchObject([
    { rule: 'any-hook', quiet: { by: 'silence', until: made.until } },
  ]);
  close();
});

test('alerts check --benchmarks fails if no benchmark was recorded', async () => {
  const { ask, close } = await place();
  expect(await ask(check, [], { benchmarks: true })).toMatchObject({
    code: 2,
    error: { code: 'monitor_no_benchmark' },
  });
  close();
});

test('alerts test sends to every receiver; a failing one is named, with exit code 3', async () => {
  const { folder, ask, got, close } = await place();
  expect(await ask(alerts, ['test'])).toMatchObject({ code: 0, out: 'log: received the message.\n' });
  expect(readFileSync(got, 'utf8')).toContain('perf-gate-test');
  const own = join(folder, 'config/perf-gate/monitor.yaml');
  writeFileSync(own, config('/no/such/folder/x'));
  expect(await ask(alerts, ['test'])).toMatchObject({
    code: 3,
    out: expect.stringContaining('not delivered after 1 attempt'),
  });
  close();
});

test('receivers and rules come only from the user’s configuration, not from a project’s; times are written as texts', async () => {
  const { folder, env, ask, close } = await place();
  const { config: read } = monitorConfig(env);
  expect(writtenConfig(read).alerting!.rules![0]).toMatchObject({ for: '0s', window: '90m', keep_firing_for: '15m' });
  mkdirSync(join(folder, '.perf-gate'));
  writeFileSync(join(folder, '.perf-gate/monitor.yaml'), config('/tmp/x'));
  writeFileSync(join(folder, 'config/perf-gate/monitor.yaml'), '');
  expect((await ask(alerts, ['test'])).out).toContain('No receiver is configured');
  expect((await ask(alerts)).out).not.toContain('any-hook');
  close();
});

const long = { reason: 'x'.repeat(501) };

test.each<[string[], Options?]>([[['shout']], [['silence']], [['list', 'any-hook']], [['silence', 'any-hook'], long]])(
  '%j is a mistake',
  async (args, options = {}) => {
    const { ask, close } = await place();
    expect((await ask(alerts, args, options)).error?.code).toBe('usage');
    close();
  },
);
