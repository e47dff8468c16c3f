import { differences } from '../../stats/effect.ts';
import { normalQuantile } from '../../stats/normal.ts';
import { fromPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { spreadOfRun } from '../../stats/spread.ts';
import { type Contest, metricsOf } from './judge.ts';

/** Pairs of the second session, in multiples of the first: least and most. */
const [LEAST, MOST] = [2, 6];

/** A contest that needs more than this multiple of the most would be decided in less than half of the comparisons. */
const HOPELESS = 2;

/** The chance that the second session detects a change as large as the threshold. */
const POWER = 0.95;
const ALPHA = 0.05;

/** The extra size that a rank test of normal noise needs (Hodges and Lehmann: it has 3/π of the t-test's efficiency). */
const RANKS = Math.sqrt(Math.PI / 3);

/**
 * The number of pairs of the second session, from the noise of the first. No data of the second session is used, so its error rate does
 * not depend on the choice. A contest that needs far more than the most is ignored: it would stay undecided anyway.
 */
export function pairsOfSecond(open: readonly Contest[], thresholdPct: number, runs: number): number {
  const tests = open.reduce((n, one) => n + metricsOf(one, thresholdPct).length, 0);
  const asked = open
    .map((one) => pairsFor(one, tests, thresholdPct))
    .filter((pairs) => pairs <= HOPELESS * MOST * runs);
  return Math.min(MOST * runs, Math.max(LEAST * runs, ...asked));
}

/** The pairs for one contest, by the metric that needs the fewest: one metric is enough to show a regression. */
function pairsFor(contest: Contest, tests: number, thresholdPct: number): number {
  const z = -normalQuantile(ALPHA / Math.max(1, tests)) + normalQuantile(POWER);
  const needed = metricsOf(contest, thresholdPct).map((metric) => {
    const { base, current } = contest[metric];
    const n = Math.min(base.length, current.length);
    const logs = [base, current].map((arm) => arm.slice(0, n).map(Math.log)) as [number[], number[]];
    const spread = spreadOfRun('wilcoxon_signed_rank', ...logs);
    // a change that looks many times as large is seen sooner; half of it may be noise
    const seen = median(differences(logs[1], logs[0])) / 2;
    const change = Math.max(fromPercent(thresholdPct, 'increase'), seen);
    return ((z * RANKS * Math.SQRT2 * spread) / change) ** 2;
  });
  return Math.ceil(Math.min(...needed));
}
