import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../src/sentinel/session/exported.ts';
import { eventsOf } from '../../../src/sentinel/session/otlp.ts';
import { profileOf } from '../../../src/sentinel/session/profile.ts';
import { type Kind, plain, type Source, sources } from '../../../src/sentinel/session/span.ts';
import { atWork, cells, strip } from '../../../src/sentinel/session/strip.ts';
import { atMost, covered, mostFaithful, timelineOf } from '../../../src/sentinel/session/timeline.ts';
import { duration } from '../../../src/sentinel/session/words.ts';

const moment = fc.integer({ min: 0, max: 1000 });
const span = fc
  .tuple(
    fc.constantFrom<Kind>('hook', 'tool', 'model', 'permission', 'agent'),
    moment,
    moment,
    fc.constantFrom(...sources),
  )
  .map(([kind, a, b, source]) => plain(kind, Math.min(a, b), Math.max(a, b), source));

describe('a timeline', () => {
  const total = (all: readonly { from: number; to: number }[]) => all.reduce((sum, { from, to }) => sum + to - from, 0);

  it('covers the whole session once, even if several things happened at the same time', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), fc.integer({ min: 1, max: 1000 }), (spans, to) => {
        const timeline = timelineOf(spans, [{ part: 'idle', from: 0, to: 100 }], { from: 0, to });
        expect(total(timeline)).toBe(to);
        timeline.slice(1).forEach(({ from }, i) => {
          expect(from).toBe(timeline[i]!.to);
        });
        const hooks = spans.filter(({ kind, from }) => kind === 'hook' && from < to);
        const within = hooks.map((hook) => ({ from: hook.from, to: Math.min(to, hook.to) }));
        expect(total(timeline.filter(({ part }) => part === 'hook'))).toBeCloseTo(covered(within));
      }),
    );
  });

  it('time beyond the client’s totals is taken from the beginning of each stretch', () => {
    const timeline = timelineOf([plain('tool', 0, 100, 'transcript'), plain('tool', 200, 300, 'transcript')], [], {
      from: 0,
      to: 300,
    });
    expect(atMost(timeline, 'tool', 50)).toEqual([
      { part: 'unrecorded', from: 0, to: 75 },
      { part: 'tool', from: 75, to: 100 },
      { part: 'rest', from: 100, to: 200 },
      { part: 'unrecorded', from: 200, to: 275 },
      { part: 'tool', from: 275, to: 300 },
    ]);
    expect(atMost(timeline, 'tool', 200)).toEqual(timeline);
  });
});

it('if two sources have the same span, the more accurate one counts; spans of only one source stay', () => {
  const hook = (from: number, source: Source) => ({
    ...plain('hook', from, from + 100, source),
    hook: { event: 'Stop', matched: null, plugin: null, command: null },
  });
  const all = [hook(0, 'transcript'), hook(10, 'debug_log'), hook(1000, 'otlp'), hook(1010, 'transcript')];
  expect(mostFaithful(all).map(({ from, source }) => [from, source])).toEqual([
    [10, 'debug_log'],
    [1000, 'otlp'],
  ]);
});

it('no export makes the reader throw', () => {
  const names = fc.constantFrom('hook_execution_complete', 'tool_result', 'api_request', 'api_error', 'user_prompt');
  const value = fc.oneof(fc.anything(), fc.record({ stringValue: fc.oneof(fc.string(), names) }));
  const attribute = fc.record({
    key: fc.constantFrom('event.name', 'event.timestamp', 'duration_ms', 'hook_name', 'toString'),
    value,
  });
  const record = fc.record({ timeUnixNano: fc.anything(), attributes: fc.array(attribute) });
  const body = fc.record({
    resourceLogs: fc.array(fc.record({ scopeLogs: fc.array(fc.record({ logRecords: fc.array(record) })) })),
  });
  fc.assert(
    fc.property(fc.oneof(body, fc.anything()), (one) => {
      const exported = eventsOf(one);
      evidenceOf(exported, null);
      profileOf({ transcript: null, exported, debugLog: null, process: null });
    }),
    { numRuns: 300 },
  );
});

it('the strip shows when a part had its time, without idle time', () => {
  const timeline = atWork([
    { part: 'hook', at_ms: 0, ms: 50 },
    { part: 'idle', at_ms: 50, ms: 900 },
    { part: 'model', at_ms: 950, ms: 50 },
  ]);
  const look = { width: 80, colour: false, unicode: false };
  expect(strip(cells(timeline, 'hook', 10), look)).toBe('#####     ');
  expect(strip(cells(timeline, 'model', 10), look)).toBe('     #####');
  expect(cells([], 'hook', 4)).toEqual([0, 0, 0, 0]);
});

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.7, '1.00 s'],
  [9996, '10.0 s'],
  [119_000, '119.0 s'],
  [150_000, '2.5 min'],
  [36_000_000, '10 h'],
])('%d ms reads %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});
