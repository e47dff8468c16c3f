import { expect, test } from 'vitest';
import { mechanismText } from '../../src/report/proposal.ts';
import { mechanismOf } from '../../src/stages/profile/mechanism.ts';
import { shareDifference, wilson } from '../../src/stats/proportion.ts';

const seen = (ceiling_pct: number, samples: number | null, line = 2, total = 100) => ({
  total,
  unit: 'ms',
  samples,
  hotspots: [{ id: `join src/a.js:${line}`, function: 'join', file: 'src/a.js', line, ceiling_pct }],
});
type Seen = ReturnType<typeof seen>;
const says = (before: Seen, after: Seen, saved: { pct: number; unit: string } | null = null) =>
  mechanismOf('join src/a.js:2', before, after, saved)?.says;

test('a share that fell by more than chance is confirmed, even if its line moved', () => {
  expect(says(seen(60, 500), seen(20, 500, 9))).toBe('confirmed');
});

test('a share that stayed or rose is not', () => {
  expect(says(seen(40, 500), seen(41, 500))).toBe('not_confirmed');
});

test('too few samples give no answer', () => {
  expect(says(seen(40, 10), seen(30, 10))).toBe('cannot_tell');
});

test('counts of a profiler that does not sample are compared exactly', () => {
  expect(says(seen(40, null), seen(39, null))).toBe('confirmed');
  expect(says(seen(40, null), seen(40, null))).toBe('not_confirmed');
});

test('a hotspot with nearly the whole cost keeps a large share when it gets cheaper, so its cost decides', () => {
  const halved = seen(98.5, 500, 2, 50);
  expect(says(seen(99, 1000), halved, { pct: 48, unit: 'ms' })).toBe('confirmed');
  expect(says(seen(99, null), seen(99, null, 2, 50), { pct: 0.48, unit: 's' })).toBe('confirmed');
  expect(says(seen(99, 1000), halved, { pct: 48, unit: 'requests' })).toBe('cannot_tell');
  expect(says(seen(99, 1000), seen(99.5, 1000, 2, 98), { pct: 48, unit: 'ms' })).toBe('not_confirmed');
});

test('a hotspot that cost less than the gain explains it in part, if both are times', () => {
  expect(says(seen(10, 500), seen(1, 500), { pct: 36, unit: 'ms' })).toBe('partly');
  expect(says(seen(10, 500), seen(1, 500), { pct: 11, unit: 'ms' })).toBe('partly');
  expect(says(seen(10, 500), seen(1, 500), { pct: 9, unit: 'ms' })).toBe('confirmed');
  expect(says(seen(10, 500), seen(1, 500), { pct: 36, unit: 'steps' })).toBe('confirmed');
});

test('a hotspot that is gone now costs nothing; one that was not in the earlier profile gives no answer', () => {
  const gone = { ...seen(1, 500), hotspots: [] };
  const found = mechanismOf('join src/a.js:2', seen(60, 500), gone)!;
  expect(found).toMatchObject({ before_pct: 60, after_pct: 0, says: 'confirmed' });
  expect(mechanismText(found)).toContain('went from 60.0 % (60.0 ms) to 0.0 % (0 ms)');
  expect(mechanismOf('whole program', seen(60, 500), gone)).toBeNull();
});

test('the intervals agree with published examples', () => {
  // Newcombe 1998, table II: 56/70 against 48/80, method 10: 0.0524 to 0.3339
  const { low, high } = shareDifference({ share: 56 / 70, n: 70 }, { share: 48 / 80, n: 80 });
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0524', '0.3339']);
  // Newcombe 1998 (single proportion), 81 of 263: 0.2553 to 0.3662
  const single = wilson(81 / 263, 263);
  expect([single.low.toFixed(4), single.high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
});
