import { mannWhitneyNull, type NullDistribution } from './null-distribution.ts';
import { midranks } from './ranks.ts';
import { seededRandom } from './rng.ts';

/** The point at which a series rose: the value at index `at` and all later values have the new level. `p` is in (0, 1]. */
export type Rise = { at: number; p: number };

/**
 * Returns the likeliest rise in a series, found from the ranks of its values. For each split with at least `least` values before and after
 * it, computes the exact probability that chance alone makes the later ranks at least as high as they are. Chooses the split with the
 * smallest probability. `p` is the share of random orders of the series in which some split is at least as unlikely as the chosen one. This
 * corrects for looking at every split. Returns null if the series is shorter than `2 · least`.
 *
 * The usual method, the CUSUM of the ranks in standard deviations, needs more values to find a change near the end. In a series of 30
 * values, the exact probability gives p ≤ 0.005 if the last three values are the highest. With the CUSUM, the last four values must be the
 * highest. With more than 50 values before or after the split, the probability is approximate, and the method is slightly less sensitive.
 *
 * Ranks are robust to outliers, and the logarithms of the values give the same result as the values. Ties share their midranks. The method
 * assumes that the values are exchangeable if nothing changed. If the values of neighbouring days resemble each other, `p` is too small.
 * Pettitt, Applied Statistics 28 (1979); Gombay & Horváth, Environmetrics 6 (1995).
 */
export function rise(values: readonly number[], least = 3): Rise | null {
  const found = likeliestRise(values, least);
  return found && { at: found.at, p: found.p() };
}

/**
 * Like `rise`, but computes `p` only on request, because random orders cost far more than the split. `isHopeless(p)` returns true if the
 * probability of the chosen split alone is above `p`. Random orders are then unnecessary. With ties, `isHopeless` always returns false,
 * because this conclusion is certain only without ties.
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

/**
 * A split after `at` values, and the null distribution of U. U is the number of pairs in which the later value is above the earlier one.
 */
type Split = { at: number; lowest: number; chance: NullDistribution };

const known = new Map<string, readonly Split[]>();

/** All splits of a series of n values. The splits depend on the length alone and are cached, because many series have the same length. */
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

/** The split whose later values have the highest ranks. `doubled`: twice the ranks, in order of time. */
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

/**
 * The search tries at most `most` random orders. It also ends after `enough` orders that are as unlikely as the real order, because a large
 * p needs no precision.
 */
const most = 9999;
const enough = 20;

/**
 * Estimates p from random orders. If p is large, a few orders are enough (Besag & Clifford, Biometrika 78, 1991). The seed is fixed, so the
 * same series has the same p.
 */
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
