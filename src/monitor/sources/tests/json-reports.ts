import * as z from 'zod/mini';
import { retriesIn } from './junit.ts';
import { type TestCase, type TestReport, UNNAMED } from './report.ts';

const ofJest = z.looseObject({
  numTotalTests: z.number(),
  startTime: z.optional(z.number()),
  testResults: z.array(
    z.looseObject({
      name: z.optional(z.string()),
      startTime: z.optional(z.number()),
      endTime: z.optional(z.number()),
      assertionResults: z.array(
        z.looseObject({
          fullName: z.optional(z.string()),
          status: z.string(),
          duration: z.optional(z.nullable(z.number())),
          invocations: z.optional(z.number()),
        }),
      ),
    }),
  ),
});

/**
 * Reads the JSON reports of vitest and jest. `folder`: the folder of the project, to which paths are made relative. Returns null for other
 * JSON.
 */
export function readJestJson(value: unknown, folder: string): TestReport | null {
  const read = ofJest.safeParse(value);
  if (!read.success) return null;
  const { startTime, testResults } = read.data;
  const ends = testResults.flatMap(({ endTime }) => endTime ?? []);
  const began = startTime ?? null;
  const cases = testResults.flatMap(({ name = UNNAMED, assertionResults }) =>
    assertionResults.map(
      ({ fullName, status, duration, invocations }): TestCase => ({
        suite: name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name,
        name: fullName || UNNAMED,
        ms: Math.max(0, duration ?? 0),
        outcome: status === 'passed' ? 'ok' : status === 'failed' ? 'failed' : 'skipped',
        retried: (invocations ?? 1) > 1,
      }),
    ),
  );
  const end = ends.reduce((most, t) => Math.max(most, t), 0);
  const sum = cases.reduce((ms, one) => ms + one.ms, 0);
  const isJest = typeof value === 'object' && value !== null && 'wasInterrupted' in value;
  return {
    framework: isJest ? 'jest' : 'vitest',
    began,
    ...lasting(began, end, sum),
    cases: retriesIn(cases),
  };
}

/** The duration of a run from its beginning to its end, or the sum of its tests' times if the beginning or the end is unknown. */
const lasting = (began: number | null, end: number, sum: number): Pick<TestReport, 'wall_ms' | 'time'> =>
  began !== null && end > began ? { wall_ms: end - began, time: 'wall' } : { wall_ms: sum, time: 'sum' };

const ofPytest = z.looseObject({
  $report_type: z.literal('TestReport'),
  nodeid: z.string(),
  outcome: z.string(),
  when: z.string(),
  duration: z.optional(z.number()),
  start: z.optional(z.number()),
  stop: z.optional(z.number()),
});

/** Reads the lines that pytest writes with `--report-log`. Returns null for other lines. */
export function readPytestLog(values: readonly unknown[]): TestReport | null {
  const steps = values.flatMap((value) => ofPytest.safeParse(value).data ?? []);
  if (steps.length === 0) return null;
  const cases = new Map<string, TestCase>();
  for (const { nodeid, outcome, when, duration = 0 } of steps) {
    const [suite = UNNAMED, ...name] = nodeid.split('::');
    const one = cases.get(nodeid) ?? { suite, name: name.join('::') || UNNAMED, ms: 0, outcome: 'ok', retried: false };
    one.ms += 1000 * Math.max(0, duration);
    if (outcome === 'rerun') one.retried = true;
    else if (outcome === 'failed') one.outcome = 'failed';
    else if (outcome === 'skipped' && when !== 'teardown') one.outcome = 'skipped';
    cases.set(nodeid, one);
  }
  const all = [...cases.values()];
  const starts = steps.flatMap(({ start }) => start ?? []);
  const began = starts.length === 0 ? null : 1000 * starts.reduce((least, t) => Math.min(least, t));
  const end = 1000 * steps.reduce((most, { stop = 0 }) => Math.max(most, stop), 0);
  const sum = all.reduce((ms, one) => ms + one.ms, 0);
  return { framework: 'pytest', began, ...lasting(began, end, sum), cases: all };
}
