import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { knownSamples } from '../../../src/monitor/alerts/known-samples.ts';
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

test('the samples of rules are read again only after something was written, by this connection or another', async () => {
  const file = join(temporaryFolder('perf-gate-samples-'), 'monitor.db');
  const [db, other] = [await openStore(file), await openStore(file)];
  onTestFinished(() => {
    for (const each of [db, other]) each.close();
  });
  const writers = [db, other].map((each) => writerOf(each, { compress: true, stored: () => {} }));
  const now = start + 10 * minute;
  await writers[0]!.add([call(0, '/a'), call(1, '/b')], 0);
  const samples = knownSamples(db);
  const first = samples(rule, now);
  expect(first.map(({ value }) => value)).toEqual([101, 100]);
  expect(first.map(({ labels }) => labels.project)).toEqual(['/b', '/a']);
  const same = { ...rule, name: 'other', by: ['project' as const] };
  expect(samples(same, now + minute)).toBe(first);
  expect(samples({ ...rule, metric: 'model.ttft_ms' }, now).map(({ value }) => value)).toEqual([11, 10]);
  for (const [i, writer] of writers.entries()) {
    await writer.add([call(2 + i, '/a')], 0);
    expect(samples(rule, now)).toHaveLength(3 + i);
    expect(samples(rule, now)).toEqual(samplesIn(db, rule, now));
  }
  const [a, , b] = samples(rule, now);
  expect(a!.labels).toBe(samples(rule, now)[1]!.labels);
  expect(b!.labels).not.toBe(a!.labels);
});
