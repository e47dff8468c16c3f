import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { knownReadings } from '../../../src/monitor/alerts/known-readings.ts';
import { readingsOf } from '../../../src/monitor/alerts/readings.ts';
import { ruleSchema } from '../../../src/monitor/alerts/rule.ts';
import { samplesIn } from '../../../src/monitor/alerts/samples-in.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { minute, start } from './traces.ts';

const rule = ruleSchema.parse({
  name: 'slow',
  metric: 'model.duration_ms',
  agg: 'p95',
  op: '>',
  value: 1,
  window: '1h',
  by: ['project'],
  min_samples: 1,
});

const call = (i: number, project: string): MonitorEvent => ({
  ...{
    t: start + i * minute,
    kind: 'model',
    name: 'model',
    duration_ms: 100 + i,
    ok: true,
    session: project,
    prompt: null,
  },
  ...{ project, plugin: '', handler_hash: '', source: 'otlp', identity: `${project} ${i}` },
  attributes: { ttft_ms: 10 + i },
});

test('readings of rules are recomputed only after a write, by this connection or another, or when a sample leaves the window', async () => {
  const file = join(temporaryFolder('perf-gate-readings-'), 'monitor.db');
  const [db, other] = [await openStore(file), await openStore(file)];
  onTestFinished(() => {
    for (const each of [db, other]) each.close();
  });
  const writers = [db, other].map((each) => writerOf(each, { compress: true, stored: () => {} }));
  const now = start + 10 * minute;
  await writers[0]!.add([call(0, '/a'), call(1, '/b')], 0);
  const readings = knownReadings(db);
  const first = readings(rule, now);
  expect(first).toMatchObject([
    { labels: { project: '/b' }, samples: 1, value: 101 },
    { labels: { project: '/a' }, samples: 1, value: 100 },
  ]);
  expect(readings(rule, now + minute)).toBe(first);
  const waits = { ...rule, metric: 'model.ttft_ms', by: [] };
  expect(readings(waits, now)).toMatchObject([{ labels: {}, samples: 2, value: 11 }]);
  for (const [i, writer] of writers.entries()) {
    await writer.add([call(2 + i, '/a')], 0);
    const after = readings(rule, now);
    expect(after).toMatchObject([{ samples: 2 + i, value: 102 + i }, { samples: 1 }]);
    expect(after).toEqual(readingsOf(rule, samplesIn(db, rule, now), now));
    expect(readings(rule, now)).toBe(after);
  }
  // the first event is an hour old, then all are
  expect(readings(rule, start + 60 * minute)).toMatchObject([{ samples: 2 }, { samples: 1 }]);
  expect(readings(rule, start + 70 * minute)).toEqual([]);
});
