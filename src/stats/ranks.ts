/** Ranks of a sample whose ties share the mean of their ranks. */
export type Midranks = {
  /** Twice the midrank of each value, in the order given: whole numbers, because a midrank ends in .0 or .5. */
  doubled: number[];
  /** How many values share each rank. All counts are 1 if there are no ties. */
  groups: number[];
};

/**
 * Midranks from 1. If neighbouring values differ by at most `tolerance`, they count as tied, because rounding alone must not break a tie.
 */
export function midranks(values: readonly number[], tolerance = 0): Midranks {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const doubled = new Array<number>(values.length);
  const groups: number[] = [];
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!]! - values[order[last]!]! <= tolerance) last++;
    for (let k = first; k <= last; k++) doubled[order[k]!] = first + last + 2;
    groups.push(last - first + 1);
    first = last + 1;
  }
  return { doubled, groups };
}

/** The correction for ties in the variance of a rank sum: the sum of t³ − t over all groups of ties, where t is the size of a group. */
export const tieTerm = (groups: readonly number[]) => groups.reduce((sum, t) => sum + t ** 3 - t, 0);
