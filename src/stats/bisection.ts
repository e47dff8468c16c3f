/** One round of executions: for each commit, the logarithm of its sample. Larger is worse. */
export type Round = readonly { at: number; log: number }[];

/**
 * The results for the first and the last commit: how much worse the last commit is, and how much the samples of one commit scatter. Both
 * numbers are on the log scale.
 */
export type Ends = { change: number; scatter: number };

/**
 * Locates one lasting change in a line of commits 0 (good) to n (bad), by Bayes' rule. In a round, a commit shows the change if it
 * introduced the change or came later. Three quantities are unknown and are integrated out: the level of the round (a drift of the machine
 * moves all its executions alike), the size of the change, and the scatter of the samples. The scatter follows Student's t distribution
 * with five degrees of freedom, so that a single outlier decides nothing. The prior is uniform over the commits.
 *
 * A round measures the commits that divide the probability evenly. This is a probabilistic bisection: Horstein, IEEE Transactions on
 * Information Theory 9 (1963); Waeber, Frazier & Henderson, SIAM Journal on Control and Optimization 51 (2013).
 */
export function locating(n: number, { change, scatter }: Ends) {
  const cells = sizes.flatMap((size) => scatters.map((s) => ({ size: size * change, s: s * scatter })));
  /**
   * The log-likelihoods. Row k assumes that commit k is the first bad commit. Each row has one number for each pair of a size and a
   * scatter.
   */
  const logs = Array.from({ length: n + 1 }, () => new Float64Array(cells.length));

  function see(round: Round): void {
    const free = round.length - 1;
    for (let first = 1; first <= n; first++) {
      const bad = round.map(({ at }) => at >= first);
      cells.forEach(({ size, s }, i) => {
        const left = round.map(({ log }, j) => (bad[j] ? log - size : log));
        const level = left.reduce((sum, x) => sum + x, 0) / left.length;
        const squares = left.reduce((sum, x) => sum + (x - level) ** 2, 0);
        logs[first]![i]! -= free * Math.log(s) + ((DEGREES + free) / 2) * Math.log1p(squares / (DEGREES * s * s));
      });
    }
  }

  /**
   * The probability that each commit introduced the change. The probability of commit 0 is 0, and the sum is 1. `cleared`: for
   * each commit, the number of verdicts that did not confirm the change in this commit.
   */
  function chances(cleared: ReadonlyMap<number, number>): number[] {
    const highest = Math.max(...logs.slice(1).map((row) => Math.max(...row)));
    const weights = logs.map((row, first) => {
      const weight = row.reduce((sum, log) => sum + Math.exp(log - highest), 0);
      return first === 0 ? 0 : weight * CLEARED ** (cleared.get(first) ?? 0);
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  }

  return { see, chances };
}

const DEGREES = 5;

/**
 * The possible sizes and scatters, as multiples of their estimates from the first and the last commit. A few executions estimate size and
 * scatter only roughly.
 */
const sizes = [0.4, 0.55, 0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.75] as const;
const scatters = [0.5, 0.7, 0.85, 1, 1.2, 1.5, 2, 3] as const;

/**
 * If a verdict does not confirm the change in a commit, the probability of this commit is multiplied by this factor. The factor is not 0,
 * because verdicts can be wrong.
 */
const CLEARED = 0.01;

/**
 * Selects at most `most` commits for the next round: the commits that divide the probability most evenly. `of` lists the commits to select
 * from, in ascending order, with both ends of the range. The result is empty if the change almost certainly lies between two neighbours in
 * this list.
 */
export function dividing(chances: readonly number[], of: readonly number[], most: number): number[] {
  const upTo = sumsOf(chances);
  const inner = of.slice(1, -1).filter((at) => upTo[at]! > NOTHING && upTo[at]! < 1 - NOTHING);
  const chosen = new Set<number>();
  for (let part = 1; part <= most && inner.length > 0; part++) {
    const away = (at: number) => Math.abs(upTo[at]! - part / (most + 1));
    chosen.add(inner.reduce((best, at) => (away(at) < away(best) ? at : best)));
  }
  return [...chosen].sort((a, b) => a - b);
}

/**
 * A commit is not measured if it is almost certain on which side of the commit the change lies: the other side has at most this
 * probability.
 */
const NOTHING = 1e-4;

/**
 * The range of commits that most likely contains the change. Each range lies between two neighbours in the list `of`. `upTo` is the last
 * commit of the range. `after` is the commit before its first commit.
 */
export function likeliestPart(
  chances: readonly number[],
  of: readonly number[],
): { after: number; upTo: number; chance: number } {
  const sums = sumsOf(chances);
  const parts = of.slice(1).map((upTo, i) => ({ after: of[i]!, upTo, chance: sums[upTo]! - sums[of[i]!]! }));
  return parts.reduce((best, part) => (part.chance > best.chance ? part : best));
}

function sumsOf(chances: readonly number[]): number[] {
  let sum = 0;
  return chances.map((chance) => (sum += chance));
}
