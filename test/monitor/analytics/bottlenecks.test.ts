import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bottlenecksOf } from '../../../src/monitor/analytics/bottlenecks.ts';
import {
  criticalPath,
  lengthWithout,
  type Span,
  type SpanKind,
  type Turn,
} from '../../../src/monitor/analytics/turn.ts';
import { sideBySide } from '../../../src/monitor/analytics/turns-in.ts';

const span = (kind: SpanKind, name: string, [start, end]: [number, number], call: string | null = null): Span => ({
  kind,
  name,
  plugin: kind === 'hook' ? 'p' : null,
  start,
  end,
  call,
});

/** A model, then two parallel calls, each with a hook before it, then the model again, and a hook at the end. */
const turn: Turn = {
  start: 0,
  end: 1000,
  spans: [
    span('model', 'm', [0, 300]),
    span('hook', 'short', [300, 310], 'a'),
    span('tool', 'Bash', [310, 610], 'a'),
    span('hook', 'long', [300, 500], 'b'),
    span('tool', 'Read', [500, 550], 'b'),
    span('model', 'm', [620, 800]),
    span('hook', 'stop', [800, 990]),
    span('hook', 'beside', [800, 900]),
  ],
};
const named = (name: string) => (s: Span) => s.name === name;

test('the critical path goes back over the spans that ended last, and adds up to the turn', () => {
  const path = criticalPath(turn).map(({ span, ms }) => [span?.name ?? 'unknown', ms]);
  expect(path).toEqual([
    ['unknown', 10],
    ['stop', 190],
    ['m', 180],
    ['unknown', 10],
    ['Bash', 300],
    ['short', 10],
    ['m', 300],
  ]);
});

describe('the time saved if a span took no time', () => {
  test.each([
    ['Bash', 60, 'the other call then ends last'],
    ['long', 0, 'it runs in parallel with a longer call'],
    ['stop', 90, 'the parallel hook still takes its time'],
    ['beside', 0, 'it is hidden behind a longer one'],
    ['m', 480, 'everything waits for the model'],
    ['short', 10, 'its own call waits for it'],
  ])('%s saves %i ms, because %s', (name, saved) => {
    expect(turn.end - lengthWithout(turn, named(name))).toBe(saved);
  });

  test('several spans together save more than each alone', () => {
    expect(turn.end - lengthWithout(turn, (s) => s.kind === 'hook')).toBe(10 + 190);
    expect(turn.end - lengthWithout(turn, (s) => s.kind === 'tool' || s.kind === 'hook')).toBe(310 + 190);
  });
});

test('over many turns, ceilings are never above the shares of the critical path', () => {
  const found = bottlenecksOf([turn, turn]);
  expect(found).toMatchObject({ turns: 2, total_ms: 2000, unknown_ms: 40 });
  expect(found.kinds.map((k) => [k.kind, k.path_ms, k.saved_ms])).toEqual([
    ['model', 960, 960],
    ['hook', 400, 400],
    ['tool', 600, 220],
  ]);
  expect(found.items[0]).toMatchObject({ kind: 'model', name: 'm', turns: 2, share_pct: 48, ceiling_pct: 48 });
  expect(bottlenecksOf([])).toEqual({ turns: 0, total_ms: 0, unknown_ms: 0, kinds: [], items: [] });
});

test('for any spans, the path adds up to the turn, and no saving is negative or above the length of the turn', () => {
  const anySpan = fc.record({
    kind: fc.constantFrom<SpanKind>('model', 'hook', 'tool', 'permission'),
    name: fc.constantFrom('x', 'y', 'z'),
    plugin: fc.constant(null),
    start: fc.integer({ min: -50, max: 150 }),
    length: fc.integer({ min: 0, max: 90 }),
    call: fc.constantFrom(null, 'a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 12 }), (given) => {
      const spans = given.map(({ length, ...s }) => ({ ...s, end: s.start + length }));
      const any: Turn = { start: 0, end: 100, spans };
      const path = criticalPath(any);
      expect(path.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(100, 9);
      for (const { ms } of path) expect(ms).toBeGreaterThanOrEqual(0);
      for (const item of bottlenecksOf([any]).items) {
        expect(item.saved_ms).toBeGreaterThanOrEqual(-1e-9);
        expect(item.saved_ms).toBeLessThanOrEqual(100 + 1e-9);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('overlapping calls do not wait for each other, even if one ended before another began', () => {
  const spans = [
    span('model', 'm', [0, 100]),
    span('tool', 'Long', [100, 600]),
    span('tool', 'Short', [100, 200]),
    span('tool', 'Late', [210, 650]),
    span('model', 'm', [660, 800]),
    span('tool', 'Alone', [800, 900]),
  ];
  const seen = { start: 0, end: 900, spans: sideBySide(spans) };
  expect(seen.spans.map(({ call }) => call !== null)).toEqual([false, true, true, true, false, false]);
  expect(900 - lengthWithout(seen, named('Short'))).toBe(0);
  expect(900 - lengthWithout({ ...seen, spans }, named('Short'))).toBe(50);
  expect(900 - lengthWithout(seen, named('Alone'))).toBe(100);
});
