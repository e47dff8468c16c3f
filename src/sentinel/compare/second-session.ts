import { differences } from '../../stats/effect.ts';
import { normalQuantile } from '../../stats/normal.ts';
import { fromPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { spreadOfRun } from '../../stats/spread.ts';
import { type Contest, metricsOf } from './judge.ts';

/** The second session has so many times the pairs of the first, at least and at most. */
const [LEAST, MOST] = [2, 6];

/** What needs so many times the most would be seen in less than half of the comparisons. */
const HOPELESS = 2;

/** What the second session shall find: a change that is as large as the threshold, so often. */
const POWER = 0.95;
const ALPHA = 0.05;

/** A rank test of normal noise needs a little more than a t-test (Hodges and Lehmann: 3/π of its efficiency). */
const RANKS = Math.sqrt(Math.PI / 3);

/**
 * How many pairs the second session takes: as many as the noise of the first one asks for. Nothing of the second session is known then, so that
 * its error is the same whatever is chosen. What would need far more than may be taken asks for nothing: it would not be seen anyway.
 */
export function pairsOfSecond(open: readonly Contest[], thresholdPct: number, runs: number): number {
  const tests = open.reduce((n, one) => n + metricsOf(one, thresholdPct).length, 0);
  const asked = open
    .map((one) => pairsFor(one, tests, thresholdPct))
    .filter((pairs) => pairs <= HOPELESS * MOST * runs);
  return Math.min(MOST * runs, Math.max(LEAST * runs, ...asked));
}

/** By the metric that needs the fewest: one that shows a regression is enough. */
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
