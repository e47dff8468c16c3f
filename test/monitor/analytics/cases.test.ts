import { describe, expect, test } from 'vitest';
import { daysBefore } from '../../../src/core/time.ts';
import { type Case, followed, judged } from '../../../src/monitor/analytics/cases.ts';
import { dayOf } from '../../../src/monitor/analytics/daily.ts';
import type { DailySeries, ObservedDay } from '../../../src/monitor/analytics/series.ts';
import { changePoint } from '../../../src/monitor/analytics/shift.ts';
import { suspicionsOf } from '../../../src/monitor/analytics/suspicions.ts';
import { trendOf } from '../../../src/monitor/analytics/trends.ts';
import { seededRandom } from '../../../src/stats/rng.ts';

const dayAt = (i: number) => daysBefore('2026-01-01', -i);

type Explained = Partial<Pick<ObservedDay, 'handler_hash' | 'load' | 'payload_bytes'>>;

/** Days with 4 % noise, each with facts that could explain its level. */
function series(
  handler: string,
  levels: readonly number[],
  explained: (i: number) => Explained = () => ({}),
): DailySeries {
  const random = seededRandom(handler);
  const nothing = { handler_hash: null, load: null, payload_bytes: null };
  const days = levels.map((level, i) => ({
    ...dayOf(dayAt(i), [level * (0.98 + 0.04 * random())]),
    ...nothing,
    ...explained(i),
  }));
  return { metric: 'hook_duration', unit: 'ms', handler, plugin: 'slow', days };
}
const level = (ms: number, count: number) => new Array<number>(count).fill(ms);
const rising = [...level(100, 20), ...level(160, 10)];
const look = (all: DailySeries[], upTo: number) => {
  const seen = all.map((s) => ({ ...s, days: s.days.filter(({ day }) => day <= dayAt(upTo)) }));
  return { series: seen, today: dayAt(upTo), found: suspicionsOf(seen, dayAt(upTo), changePoint) };
};

describe('a suspicion reports simultaneous changes', () => {
  test('of the handler', () => {
    const [one] = look([series('a', rising, (i) => ({ handler_hash: i < 20 ? 'old' : 'new' }))], 29).found;
    expect(one).toMatchObject({ handler: 'a', plugin: 'slow', since: dayAt(20) });
    expect(one!.changed.handler).toEqual({ from: 'old', to: 'new' });
  });

  test('of its input and of the load of the machine, if the handler did not change', () => {
    const grown = (i: number) => ({
      handler_hash: 'same',
      load: i < 20 ? 0.2 : 1.5,
      payload_bytes: i < 20 ? 900 : 9000,
    });
    expect(look([series('a', rising, grown)], 29).found[0]!.changed).toEqual({
      handler: { from: 'same', to: 'same' },
      load: { before: 0.2, after: 1.5 },
      payload_bytes: { before: 900, after: 9000 },
      others: { risen: 0, of: 0 },
    });
  });

  test('but not a change of the handler weeks earlier', () => {
    const [one] = look([series('a', rising, (i) => ({ handler_hash: i < 8 ? 'old' : 'new' }))], 29).found;
    expect(one!.changed.handler).toEqual({ from: 'new', to: 'new' });
    expect(look([series('b', rising)], 29).found[0]!.changed.handler).toBeNull();
  });

  test('of other series that rose on the same day', () => {
    const all = [series('a', rising), series('b', rising), series('c', level(50, 30))];
    const found = look(all, 29).found;
    expect(found.map((s) => s.handler).sort()).toEqual(['a', 'b']);
    for (const { changed } of found) expect(changed.others).toEqual({ risen: 1, of: 2 });
  });
});

describe('cases', () => {
  const all = [series('a', [...rising, ...level(160, 30)])];

  test('one change opens one case, whose figures are updated while it is open', () => {
    let cases = followed([], look(all, 23).found, look(all, 23));
    expect(cases).toHaveLength(1);
    const [{ id, opened, since }] = [cases[0]!];
    for (let day = 24; day < 60; day++) cases = followed(cases, look(all, day).found, look(all, day));
    expect(cases).toEqual([expect.objectContaining({ id, opened, since, state: 'open', closed: null })]);
  });

  test('a case that was measured and not confirmed is opened again only by a later change', () => {
    const later = [series('a', [...rising, ...level(160, 20), ...level(260, 10)])];
    const held = { answer: 'held', estimate_pct: 0.4, ci_pct: [-1, 2] } as const;
    let cases = [
      judged(
        followed([], look(later, 24).found, look(later, 24))[0]!,
        { state: 'measured', proof: { ...held, ci_pct: [-1, 2] } },
        dayAt(25),
      ),
    ];
    expect(cases[0]).toMatchObject({ state: 'not_proved', closed: dayAt(25) });
    for (let day = 26; day < 50; day++) cases = followed(cases, look(later, day).found, look(later, day));
    expect(cases).toHaveLength(1);
    for (let day = 50; day < 60; day++) cases = followed(cases, look(later, day).found, look(later, day));
    expect(cases.map((c) => c.state)).toEqual(['not_proved', 'open']);
    expect(cases[1]!.id).not.toBe(cases[0]!.id);
  });

  test('a proof closes a case, an undecided measurement does not, and a level that fell back closes it as gone', () => {
    const [one] = followed([], look(all, 24).found, look(all, 24));
    const proof = { estimate_pct: 60, ci_pct: [50, 70] as [number, number] };
    expect(judged(one!, { state: 'measured', proof: { answer: 'regressed', ...proof } }, dayAt(26))).toMatchObject({
      state: 'proved',
      closed: dayAt(26),
    });
    expect(judged(one!, { state: 'measured', proof: { answer: 'undecided', ...proof } }, dayAt(26))).toMatchObject({
      state: 'open',
      closed: null,
      proof,
    });
    const back = [series('a', [...level(100, 20), ...level(160, 5), ...level(100, 10)])];
    const fallen = (kept: Case) => followed([kept], look(back, 34).found, look(back, 34));
    expect(fallen(one!)).toMatchObject([{ state: 'gone', closed: dayAt(34), returned: null }]);
    const proved = judged(one!, { state: 'measured', proof: { answer: 'regressed', ...proof } }, dayAt(24));
    expect(followed([proved], look(all, 30).found, look(all, 30))[0]).toEqual(proved);
    expect(fallen(proved)).toEqual([{ ...proved, returned: dayAt(34) }]);
  });
});

test('a trend is the median growth per week with its interval, which includes 0 for a flat series', () => {
  const growing = trendOf(
    series(
      'a',
      Array.from({ length: 28 }, (_, i) => 100 * 1.1 ** (i / 7)),
    ),
  )!;
  expect(growing).toMatchObject({ days: 28, from: dayAt(0), to: dayAt(27), handler: 'a' });
  expect(growing.ci_pct[0]!).toBeLessThan(growing.pct_per_week);
  expect(Math.abs(growing.pct_per_week - 10)).toBeLessThan(1);
  expect(growing.p).toBeLessThan(1e-6);
  const flat = trendOf(series('b', level(100, 28)))!;
  expect(flat.ci_pct[0]!).toBeLessThan(0);
  expect(flat.ci_pct[1]!).toBeGreaterThan(0);
  expect(trendOf(series('c', level(100, 6)))).toBeNull();
});
