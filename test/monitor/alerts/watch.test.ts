import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { receiverSchema } from '../../../src/monitor/alerts/receivers/receiver.ts';
import { remembered } from '../../../src/monitor/alerts/remembered.ts';
import { ruleSchema } from '../../../src/monitor/alerts/rule.ts';
import { loudOf, standingOf } from '../../../src/monitor/alerts/standing.ts';
import { watchOf } from '../../../src/monitor/alerts/watch.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { addSilence, alertsIn, silencesIn } from '../../../src/monitor/store/alerts.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { server, status } from './receivers/server.ts';
import { minute, start } from './traces.ts';

const rule = ruleSchema.parse({
  name: 'slow',
  metric: 'hook_event.duration_ms',
  agg: 'p95',
  by: ['plugin'],
  op: '>',
  value: 500,
  min_samples: 5,
  window: '10m',
  for: '2m',
  keep_firing_for: '3m',
});

/** Six runs of the hooks of two plugins, with the given durations, in the minute before `t`. */
const runs = (t: number, times: Record<string, number>): MonitorEvent[] =>
  Object.entries(times).flatMap(([plugin, duration_ms]) =>
    Array.from({ length: 6 }, (_, i) => ({
      t: t - i * 1000,
      kind: 'hook_event' as const,
      name: 'PreToolUse:Bash',
      duration_ms,
      ok: true,
      session: 's',
      prompt: null,
      project: '/p',
      plugin,
      handler_hash: '',
      source: 'otlp' as const,
      identity: `${plugin} ${t} ${i}`,
      attributes: {},
    })),
  );

/** A store, a receiver, and a service that evaluates one rule. */
async function watching() {
  const folder = temporaryFolder('perf-gate-watch-');
  const { url, got } = await server(status(200));
  const db = await openStore(join(folder, 'monitor.db'));
  onTestFinished(() => db.close());
  const file = join(folder, 'alerts.json');
  const notes: string[] = [];
  const receivers = [receiverSchema.parse({ name: 'hook', type: 'webhook', url })];
  const begin = () =>
    watchOf({
      db,
      rules: [rule],
      receivers,
      file,
      env: {},
      signal: new AbortController().signal,
      note: (t) => notes.push(t),
    });
  const add = (t: number, times: Record<string, number>) =>
    void writerOf(db, { compress: true }).add(runs(t, times), 0);
  const messages = () => got.map(({ body }) => JSON.parse(body));
  const told = () =>
    messages().map(({ status: how, alerts }) => [
      how,
      ...alerts.map((a: { labels: { plugin: string } }) => a.labels.plugin),
    ]);
  const standing = (now: number) => standingOf(remembered(file), [rule], silencesIn(db, now), now);
  return { db, file, notes, begin, add, messages, told, standing };
}

test('stored events raise an alert and a message; the alert survives a restart, and its end is in the history', async () => {
  const { db, notes, begin, add, messages, told, standing } = await watching();
  let watch = begin();
  add(start, { slow: 900, quick: 20 });
  watch.look(start);
  expect(standing(start)).toMatchObject({ alerts: [], rules: [{ rule: 'slow', state: 'pending' }] });
  watch.look(start + minute);
  watch = begin();
  watch.look(start + 2 * minute);
  await watch.idle();
  expect(told()).toEqual([['firing', 'slow']]);
  expect(loudOf(standing(start + 2 * minute))).toMatchObject([
    { labels: { plugin: 'slow' }, value: 900, began: start },
  ]);
  expect(alertsIn(db, { since: start, until: start + 3 * minute })).toMatchObject([{ rule: 'slow', ended: null }]);
  for (let m = 3; m < 15; m++) watch.look(start + m * minute);
  await watch.idle();
  expect(told()).toEqual([
    ['firing', 'slow'],
    ['resolved', 'slow'],
  ]);
  expect(messages()[1].alerts[0].annotations.summary).toContain('whether the metric recovered is unknown');
  expect(standing(start + 15 * minute).alerts).toEqual([]);
  expect(alertsIn(db, { since: start, until: start + 20 * minute })).toMatchObject([
    { ended: start + 12 * minute, ending: 'no_data' },
  ]);
  expect(notes).toEqual([]);
});

test('a silence mutes an alert, which is sent when the silence is over', async () => {
  const { db, begin, add, told, standing } = await watching();
  const watch = begin();
  addSilence(db, { rule: 'slow', labels: {}, until: new Date(start + 4 * minute).toISOString(), reason: 'known' });
  for (let m = 0; m < 4; m++) {
    add(start + m * minute, { slow: 900 });
    watch.look(start + m * minute);
  }
  expect(loudOf(standing(start + 3 * minute))).toEqual([]);
  expect(standing(start + 3 * minute).alerts).toMatchObject([{ quiet: { by: 'silence', id: '1' } }]);
  watch.look(start + 4 * minute);
  await watch.idle();
  expect(told()).toEqual([['firing', 'slow']]);
});

test('an invalid state file is ignored, and the alerts start anew', async () => {
  const { file, begin, add } = await watching();
  add(start, { slow: 900 });
  begin().look(start);
  expect(Object.keys(remembered(file).state.rules)).toEqual(['slow']);
  for (const text of ['', '{', '{"state": 1}', readFileSync(file, 'utf8').replace('pending', 'firing')]) {
    writeFileSync(file, text);
    expect(remembered(file)).toEqual({ state: { looked: null, rules: {} }, told: {} });
  }
});

test('a silence with too long a reason is refused, and an invalid row in the store does not stop the evaluation', async () => {
  const { db, begin, add, standing } = await watching();
  const long = { rule: 'slow', labels: {}, until: new Date(start + 9 * minute).toISOString(), reason: 'x'.repeat(501) };
  expect(() => addSilence(db, long)).toThrow();
  const { reason, until } = long;
  const insert = 'INSERT INTO silence (matches, until, comment) VALUES (?, ?, ?)';
  for (const matches of ['{"rule":"slow","labels":{}}', '{', '[]']) db.run(insert, matches, Date.parse(until), reason);
  db.run(insert, '{"rule":"slow","labels":{}}', 9e15, '');
  add(start, { slow: 900 });
  begin().look(start);
  expect(standing(start)).toMatchObject({ silences: [], rules: [{ state: 'pending' }] });
});

test('the state of a plugin with a very long name is stored and read again', async () => {
  const { file, begin, add } = await watching();
  add(start, { ['p'.repeat(900)]: 900 });
  begin().look(start);
  expect(Object.values(remembered(file).state.rules.slow!.series)).toMatchObject([
    { labels: { plugin: 'p'.repeat(200) } },
  ]);
});
