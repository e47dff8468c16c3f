import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firingAlerts } from '../../../src/monitor/alerts/alert.ts';
import { evaluated, noAlerts } from '../../../src/monitor/alerts/evaluate.ts';
import { ruleSchema } from '../../../src/monitor/alerts/rule.ts';
import { minute, played, ruleOf, start } from './traces.ts';

/** Fires after 5 minutes, and for 15 minutes after the condition last held. */
const rule = ruleOf();
const on = (minutes: number) => '1'.repeat(minutes);
const off = (minutes: number) => '0'.repeat(minutes);
const unknown = (minutes: number) => '.'.repeat(minutes);

describe('one series, a look a minute', () => {
  test.each([
    ['never long enough', on(5) + off(1) + on(5) + off(3), []],
    ['long enough', on(6), [[5, 'fired']]],
    [
      'over after fifteen minutes without',
      on(6) + off(15),
      [
        [5, 'fired'],
        [20, 'resolved', 'recovered'],
      ],
    ],
    ['not over after fourteen', on(6) + off(14) + on(1) + off(14), [[5, 'fired']]],
    ['up and down goes on as one alert', on(6) + (off(4) + on(1)).repeat(12), [[5, 'fired']]],
    ['up and down below the time fires never', (on(4) + off(1)).repeat(12), []],
    ['too few samples end a wait', on(4) + unknown(1) + on(5), []],
    [
      'nothing seen any more is no recovery',
      on(6) + unknown(15),
      [
        [5, 'fired'],
        [20, 'resolved', 'no_data'],
      ],
    ],
    [
      'again after it was over',
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

  test('without a time to wait it fires at the first look, and is over at the first that does not hold', () => {
    const quick = ruleOf({ for: '0s', keep_firing_for: '0s' });
    expect(played(quick, '0110').log).toEqual([
      [1, 'fired'],
      [3, 'resolved', 'recovered'],
    ]);
  });

  test('a warning becomes critical once, after its time', () => {
    const { state, log } = played(ruleOf({ escalate_after: '10m' }), on(20));
    expect(log).toEqual([
      [5, 'fired'],
      [15, 'escalated'],
    ]);
    expect(firingAlerts(state)).toMatchObject([{ severity: 'critical', value: 900 }]);
  });

  test('a night of sleep is no time in which the condition held', () => {
    const before = played(rule, on(3)).state;
    const next = played(rule, on(5), { from: before, at: start + 600 * minute });
    expect(next.log).toEqual([]);
    expect(played(rule, on(1), { from: next.state, at: start + 605 * minute }).log).toEqual([[0, 'fired']]);
  });

  test('a clock that is set back makes no alert and ends none', () => {
    const before = played(rule, on(4)).state;
    expect(played(rule, on(2), { from: before, at: start - 60 * minute }).log).toEqual([]);
    const firing = played(rule, on(6)).state;
    expect(played(rule, off(10), { from: firing, at: start - 60 * minute }).log).toEqual([]);
  });

  test('what is remembered survives as JSON', () => {
    const half = JSON.parse(JSON.stringify(played(rule, on(4)).state));
    expect(played(rule, on(2), { from: half, at: start + 4 * minute }).log).toEqual([[1, 'fired']]);
  });
});

test('whatever the trace, no alert ends before its time and none fires before its own: it cannot flap', () => {
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

describe('the rule itself', () => {
  test('says that it no longer sees any value, once, and that it does again', () => {
    const watched = ruleOf({ absent_after: '10m' });
    const { log, state } = played(watched, off(3) + unknown(12));
    expect(log).toEqual([[12, 'absent']]);
    expect(firingAlerts(state)).toMatchObject([{ rule: 'slow', labels: {}, value: null, began: start + 2 * minute }]);
    expect(played(watched, off(1), { from: state, at: start + 20 * minute }).log).toEqual([[0, 'seen_again']]);
  });

  test('that never saw anything says nothing', () => {
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

  test('that waits for too few of something sees none as 0, once it has seen any', () => {
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

test('the defaults of a rule', () => {
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
