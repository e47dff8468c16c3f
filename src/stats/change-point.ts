import { mannWhitneyNull, type NullDistribution } from './null-distribution.ts';
import { midranks } from './ranks.ts';
import { seededRandom } from './rng.ts';

/** Where a series rose: the values from index `at` on are the new level. `p` is in (0, 1]. */
export type Rise = { at: number; p: number };

/**
 * The likeliest rise in a series, by the CUSUM of its ranks. Every split with `least` values or more on each side is judged by the exact
 * chance that its later ranks would lie so high; the split with the smallest chance is the one. `p` is how often a series in random order
 * has a split as unlikely, so that looking at every split is paid for. Null where the series is shorter than two sides.
 *
 * The exact chance, unlike the CUSUM in standard deviations, lets a change be seen near the end: of 30 values, three that are the highest
 * suffice for p ≤ 0.005, not four. Where a side has more than 50 values it is approximated, and sees a little less there.
 *
 * Ranks make it indifferent to outliers and to the scale: logarithms give the same answer. Ties share their midranks. The values must be
 * exchangeable where nothing changed; days that resemble their neighbours make `p` too small.
 * Pettitt, Applied Statistics 28 (1979); Gombay & Horváth, Environmetrics 6 (1995).
 */
export function rise(values: readonly number[], least = 3): Rise | null {
  const found = likeliestRise(values, least);
  return found && { at: found.at, p: found.p() };
}

/**
 * The same, where `p` is computed when it is asked for: random orders cost far more than the split. `isHopeless(p)`: no order need be
 * tried, as the one split alone is likelier than this p. It is certain only where no two values are equal; where some are, it says no.
 */
export function likeliestRise(
  values: readonly number[],
  least: number,
): { at: number; p: () => number; isHopeless: (p: number) => boolean } | null {
  const n = values.length;
  if (least < 1 || n < 2 * least) return null;
  const { doubled, groups } = midranks(values);
  const splits = splitsOf(n, least);
  const { at, chance } = unlikeliest(doubled, splits);
  return {
    at,
    p: () => permutationP(doubled, splits, chance),
    isHopeless: (p) => groups.length === n && chance > p,
  };
}

/** A split after `at` values, and how U, the pairs of a later value above an earlier one, is distributed by chance. */
type Split = { at: number; lowest: number; chance: NullDistribution };

const known = new Map<string, readonly Split[]>();

/** Every split of so many values. Those of one length are always the same, and many series have it. */
function splitsOf(n: number, least: number): readonly Split[] {
  const key = `${n} ${least}`;
  const splits = known.get(key) ?? Array.from({ length: n - 2 * least + 1 }, (_, i) => splitAt(least + i, n));
  known.set(key, splits);
  return splits;
}

function splitAt(at: number, n: number): Split {
  const later = n - at;
  return { at, lowest: later * (later + 1), chance: mannWhitneyNull(later, at) };
}

/** The split whose later part lies highest. `doubled` are twice the ranks, in order of time. */
function unlikeliest(doubled: readonly number[], splits: readonly Split[]): { at: number; chance: number } {
  let later = doubled.length * (doubled.length + 1);
  let counted = 0;
  let best = { at: 0, chance: Infinity };
  for (const { at, lowest, chance } of splits) {
    while (counted < at) later -= doubled[counted++]!;
    const here = chance.atLeast(Math.floor((later - lowest) / 2));
    if (here < best.chance) best = { at, chance: here };
  }
  return best;
}

/** Orders that are tried at most, and how many as unlikely as the real one are enough to stop: a large p needs no precision. */
const most = 9999;
const enough = 20;

/** By random orders, stopped early (Besag & Clifford, Biometrika 78, 1991). The seed is fixed: the same series has the same p. */
function permutationP(doubled: readonly number[], splits: readonly Split[], chance: number): number {
  const order = [...doubled];
  const random = seededRandom('rank cusum');
  let asUnlikely = 0;
  for (let tried = 1; tried <= most; tried++) {
    shuffle(order, random);
    if (unlikeliest(order, splits).chance <= chance * (1 + 1e-9)) asUnlikely++;
    if (asUnlikely === enough) return enough / tried;
  }
  return (asUnlikely + 1) / (most + 1);
}

function shuffle(values: number[], random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}
