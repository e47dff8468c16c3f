import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firingAlerts } from '../../../src/monitor/alerts/alert.ts';
import { evaluated, noAlerts } from '../../../src/monitor/alerts/evaluate.ts';
import { ruleSchema } from '../../../src/monitor/alerts/rule.ts';
import { minute, played, ruleOf, start } from './traces.ts';

/** A rule that fires after 5 minutes, and for 15 minutes after the condition last held. */
const rule = ruleOf();
const on = (minutes: number) => '1'.repeat(minutes);
const off = (minutes: number) => '0'.repeat(minutes);
const unknown = (minutes: number) => '.'.repeat(minutes);

describe('one series, evaluated every minute', () => {
  test.each([
    ['does not fire if the condition never holds long enough', on(5) + off(1) + on(5) + off(3), []],
    ['fires when the condition held long enough', on(6), [[5, 'fired']]],
    [
      'ends fifteen minutes after the condition last held',
      on(6) + off(15),
      [
        [5, 'fired'],
        [20, 'resolved', 'recovered'],
      ],
    ],
    ['does not end after fourteen minutes', on(6) + off(14) + on(1) + off(14), [[5, 'fired']]],
    ['a condition that goes up and down is one alert', on(6) + (off(4) + on(1)).repeat(12), [[5, 'fired']]],
    ['a condition that goes up and down faster than `for` never fires', (on(4) + off(1)).repeat(12), []],
    ['too few samples end the wait', on(4) + unknown(1) + on(5), []],
    [
      'missing data is not reported as a recovery',
      on(6) + unknown(15),
      [
        [5, 'fired'],
        [20, 'resolved', 'no_data'],
      ],
    ],
    [
      'fires again after it ended',
      on(6) + off(15) + on(6),
      [
        [5, 'fired'],
        [20, 'resolved', 'recovered'],
        [26, 'fired'],
      ],
    ],
  ])('%s: %s', (_, trace, log) => {
    expect(played(rule, trace).log).toEqual(log);
  });

  test('with `for: 0s` an alert fires at the first evaluation whose condition holds, and ends at the first whose condition does not', () => {
    const quick = ruleOf({ for: '0s', keep_firing_for: '0s' });
    expect(played(quick, '0110').log).toEqual([
      [1, 'fired'],
      [3, 'resolved', 'recovered'],
    ]);
  });

  test('a warning becomes critical once, after `escalate_after`', () => {
    const { state, log } = played(ruleOf({ escalate_after: '10m' }), on(20));
    expect(log).toEqual([
      [5, 'fired'],
      [15, 'escalated'],
    ]);
    expect(firingAlerts(state)).toMatchObject([{ severity: 'critical', value: 900 }]);
  });

  test('a pause between evaluations, such as a night of sleep, does not count as time in which the condition held', () => {
    const before = played(rule, on(3)).state;
    const next = played(rule, on(5), { from: before, at: start + 600 * minute });
    expect(next.log).toEqual([]);
    expect(played(rule, on(1), { from: next.state, at: start + 605 * minute }).log).toEqual([[0, 'fired']]);
  });

  test('a clock that is set back neither raises nor ends an alert', () => {
    const before = played(rule, on(4)).state;
    expect(played(rule, on(2), { from: before, at: start - 60 * minute }).log).toEqual([]);
    const firing = played(rule, on(6)).state;
    expect(played(rule, off(10), { from: firing, at: start - 60 * minute }).log).toEqual([]);
  });

  test('the state survives a round trip through JSON', () => {
    const half = JSON.parse(JSON.stringify(played(rule, on(4)).state));
    expect(played(rule, on(2), { from: half, at: start + 4 * minute }).log).toEqual([[1, 'fired']]);
  });
});

test('for any sequence of readings, no alert fires before `for` or ends before `keep_firing_for`, so alerts cannot flap', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('1', '0', '.'), { maxLength: 120 }), (signs) => {
      const { log } = played(rule, signs.join(''));
      log.forEach(([at, happened], i) => {
        expect(happened).toBe(i % 2 === 0 ? 'fired' : 'resolved');
        const since = i === 0 ? 0 : log[i - 1]![0];
        expect(at - since).toBeGreaterThanOrEqual(happened === 'fired' ? 5 : 15);
        if (happened === 'fired') expect(signs.slice(at - 5, at + 1).join('')).toBe('111111');
        else expect(signs.slice(at - 14, at + 1)).not.toContain('1');
      });
    }),
    { seed: 1, numRuns: 500 },
  );
});

describe('a rule', () => {
  test('reports once that it sees no values any more, and once that it sees them again', () => {
    const watched = ruleOf({ absent_after: '10m' });
    const { log, state } = played(watched, off(3) + unknown(12));
    expect(log).toEqual([[12, 'absent']]);
    expect(firingAlerts(state)).toMatchObject([{ rule: 'slow', labels: {}, value: null, began: start + 2 * minute }]);
    expect(played(watched, off(1), { from: state, at: start + 20 * minute }).log).toEqual([[0, 'seen_again']]);
  });

  test('that never saw a value reports nothing', () => {
    expect(played(ruleOf({ absent_after: '10m' }), unknown(60)).log).toEqual([]);
  });

  test('that was changed or removed ends its alerts', () => {
    const firing = played(rule, on(6)).state;
    const readings = () => [{ labels: {}, samples: 30, value: 900, holds: true }];
    const at = { now: start + 6 * minute, readings };
    const over = { happened: 'resolved', rule: 'slow', labels: {}, value: 900, ending: 'rule_changed' };
    expect(evaluated(firing, [], at)).toEqual({ state: { looked: at.now, rules: {} }, happened: [over] });
    expect(evaluated(firing, [ruleOf({ value: 800 })], at).happened).toEqual([over]);
    expect(evaluated(firing, [rule], at).happened).toEqual([]);
  });

  test('with a lower limit for a rate treats no events as a rate of 0, after the first event', () => {
    const few = ruleOf({ agg: 'rate', op: '<', value: 1, for: '2m', keep_firing_for: '0s' });
    expect(played(few, unknown(10)).log).toEqual([]);
    expect(played(few, off(1) + unknown(3)).log).toEqual([[3, 'fired']]);
  });
});

test.each([
  [{ window: '15 minutes' }, /such as 15m/],
  [{ metric: 'duration' }, /such as hook_event.duration_ms/],
  [{ name: '1\n2' }, /short name/],
  [{ agg: 'max' }, /p95/],
  [{ by: ['prompt'] }, /plugin/],
  [{ treshold: 3 }, /treshold/],
])('a rule with %j is refused', (more, message) => {
  const parsed = ruleSchema.safeParse({ name: 'a', metric: 'a.b', agg: 'mean', op: '>', value: 1, ...more });
  expect(parsed.error?.issues.map((i) => i.message).join()).toMatch(message);
});

test('a rule has these defaults', () => {
  expect(ruleSchema.parse({ name: 'a', metric: 'a.b', agg: 'mean', op: '>', value: 1 })).toMatchObject({
    window: 15 * minute,
    for: 5 * minute,
    keep_firing_for: 15 * minute,
    min_samples: 20,
    severity: 'warning',
    by: [],
  });
  expect(evaluated(noAlerts, [], { now: start, readings: () => [] }).happened).toEqual([]);
});
