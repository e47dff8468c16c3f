import { describe, expect, test } from 'vitest';
import { likeliestRise, rise } from '../../src/stats/change-point.ts';
import { seededRandom } from '../../src/stats/rng.ts';

/** Flow of the Nile at Aswan, 1871 to 1970, 10⁸ m³ (Cobb, Biometrika 65, 1978): it falls after 1898, the 28th year. */
const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

const negated = (values: readonly number[]) => values.map((v) => -v);

test('the Nile: the drop after 1898 is found as a rise of the negated flow, and no rise of the flow itself', () => {
  expect(rise(negated(nile))).toEqual({ at: 28, p: 1e-4 });
  expect(rise(nile)!.p).toBeGreaterThan(0.5);
});

describe('p is the share of all orders with a split as unlikely', () => {
  const series = [
    [1, 2, 3, 4, 5, 6, 7],
    [3, 1, 2, 6, 4, 7, 5],
    [2, 1, 3, 1, 9, 8, 9],
    [5, 1, 7, 2, 6, 3, 4],
    [1, 1, 1, 1, 2, 2, 2],
  ];

  test.each(series)('%i %i %i %i %i %i %i', (...values) => {
    const seen = smallestChance(values);
    const all = orders(values).map(smallestChance);
    const exact = all.filter((chance) => chance <= seen * (1 + 1e-9)).length / all.length;
    const found = rise(values, 2)!;
    // Twenty orders as unlikely are enough to stop, so that p is known to about a fifth of itself.
    expect(Math.abs(found.p - exact)).toBeLessThan(0.5 * exact + 1e-4);
  });
});

test('outliers, the scale and the unit do not matter', () => {
  const values = [10, 11, 9, 10.5, 9.5, 10.2, 9.9, 10.1, 900, 9.7, 10.4, 15, 16, 15.5, 14.9, 15.8];
  const found = rise(values)!;
  expect(found).toMatchObject({ at: 11 });
  expect(found.p).toBeLessThan(0.05);
  expect(rise(values.map(Math.log))).toEqual(found);
  expect(rise(values.map((v) => 1000 * v))).toEqual(found);
});

test('of thirty values the last three suffice if they are the highest', () => {
  const random = seededRandom('edge');
  const values = [...Array.from({ length: 27 }, random), 2, 3, 2.5];
  expect(rise(values)).toMatchObject({ at: 27 });
  expect(rise(values)!.p).toBeLessThan(0.005);
});

test('series without a change are below p in a share of p', () => {
  const random = seededRandom('no change');
  const found = Array.from({ length: 600 }, () => rise(Array.from({ length: 24 }, random))!.p);
  for (const p of [0.05, 0.2, 0.5]) {
    const share = found.filter((f) => f <= p).length / found.length;
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / found.length));
  }
});

test('if no order need be tried, trying them would not give a significant rise', () => {
  const random = seededRandom('decide');
  let hopeless = 0;
  for (let i = 0; i < 600; i++) {
    const length = 6 + Math.floor(random() * 25);
    const from = Math.floor(random() * length);
    const step = [0, 0.3, 0.6, 1][i % 4]!;
    const grain = [0, 0, 0.2, 1][Math.floor(random() * 4)]!;
    const values = Array.from({ length }, (_, day) => {
      const value = random() + random() + random() + (day >= from ? step : 0);
      return grain > 0 ? Math.round(value / grain) : value;
    });
    const found = likeliestRise(values, 3)!;
    if (!found.isHopeless(0.005)) continue;
    hopeless++;
    expect(found.p()).toBeGreaterThan(0.005);
  }
  expect(hopeless).toBeGreaterThan(100);
});

test('a series shorter than two sides has no answer, and one that never varies has p = 1', () => {
  expect(rise([1, 2, 3, 4, 5])).toBeNull();
  expect(rise([])).toBeNull();
  expect(rise(new Array(20).fill(3))!.p).toBe(1);
});

const sumsOf = new Map<number, number[]>();

/** U of every way to choose so many later values of seven. */
function everyU(n: number, later: number): number[] {
  const known = sumsOf.get(later);
  if (known) return known;
  const all = subsets(n, later).map((ranks) => ranks.reduce((a, b) => a + b, 0) - (later * (later + 1)) / 2);
  sumsOf.set(later, all);
  return all;
}

/** By counting: of all ways to choose the later values, the share that has as many pairs in order. Two values or more on each side. */
function smallestChance(values: readonly number[]): number {
  const n = values.length;
  const rank = (v: number) => values.filter((o) => o < v).length + (values.filter((o) => o === v).length + 1) / 2;
  const chances = [];
  for (let at = 2; at <= n - 2; at++) {
    const later = n - at;
    const u = values.slice(at).reduce((sum, v) => sum + rank(v), 0) - (later * (later + 1)) / 2;
    const sums = everyU(n, later);
    chances.push(sums.filter((s) => s >= Math.floor(u)).length / sums.length);
  }
  return Math.min(...chances);
}

function subsets(n: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (n < size) return [];
  return [...subsets(n - 1, size), ...subsets(n - 1, size - 1).map((s) => [...s, n])];
}

function orders(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((v, i) => orders(values.filter((_, j) => j !== i)).map((rest) => [v, ...rest]));
}
