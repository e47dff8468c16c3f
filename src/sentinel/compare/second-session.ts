import { differences } from '../../stats/effect.ts';
import { normalQuantile } from '../../stats/normal.ts';
import { fromPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { spreadOfRun } from '../../stats/spread.ts';
import { type Contest, metricsOf } from './judge.ts';

/** The smallest and the largest number of pairs in the second session, as multiples of the number of pairs in the first session. */
const [LEAST, MOST] = [2, 6];

/**
 * A contest that needs more than this multiple of the largest number of pairs is ignored. The second session would decide such a contest in
 * less than half of all comparisons.
 */
const HOPELESS = 2;

/** The chance that the second session detects a change as large as the threshold. */
const POWER = 0.95;
const ALPHA = 0.05;

/**
 * If noise is normally distributed, a rank test needs π/3 times as many pairs as a t-test (Hodges and Lehmann). The factor for the spread
 * is the square root of π/3, because the number of pairs grows with the square of the spread.
 */
const RANKS = Math.sqrt(Math.PI / 3);

/**
 * The number of pairs of the second session, computed from the noise of the first. No data of the second session is used, so the choice of
 * the number does not change the error rate of the second session. Contests that need far more pairs than the second session may have are
 * ignored, because it would probably not decide them.
 */
export function pairsOfSecond(open: readonly Contest[], thresholdPct: number, runs: number): number {
  const tests = open.reduce((n, one) => n + metricsOf(one, thresholdPct).length, 0);
  const asked = open
    .map((one) => pairsFor(one, tests, thresholdPct))
    .filter((pairs) => pairs <= HOPELESS * MOST * runs);
  return Math.min(MOST * runs, Math.max(LEAST * runs, ...asked));
}

/**
 * The number of pairs that one contest needs. The metric that needs the fewest pairs decides, because one metric is enough to show a
 * regression.
 */
function pairsFor(contest: Contest, tests: number, thresholdPct: number): number {
  const z = -normalQuantile(ALPHA / Math.max(1, tests)) + normalQuantile(POWER);
  const needed = metricsOf(contest, thresholdPct).map((metric) => {
    const { base, current } = contest[metric];
    const n = Math.min(base.length, current.length);
    const logs = [base, current].map((arm) => arm.slice(0, n).map(Math.log)) as [number[], number[]];
    const spread = spreadOfRun('wilcoxon_signed_rank', ...logs);
    // A change far above the threshold needs fewer pairs. Only half of the change is used, because the other half may be noise.
    const seen = median(differences(logs[1], logs[0])) / 2;
    const change = Math.max(fromPercent(thresholdPct, 'increase'), seen);
    return ((z * RANKS * Math.SQRT2 * spread) / change) ** 2;
  });
  return Math.ceil(Math.min(...needed));
}
