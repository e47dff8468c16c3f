import { ordinaryRuns, spaced } from './looks.ts';
import { spreadByDifferences } from './mean-difference.ts';
import { fromPercent } from './percent.ts';
import { newestRules, type Rule } from './rule.ts';

/** The numbers of pairs after which a session with little noise is judged: 5, 8, 13, 22. */
export const ordinaryPoints: readonly number[] = spaced[newestRules](ordinaryRuns.first, ordinaryRuns.last);
/**
 * The numbers of pairs after which a session with much noise is judged. The largest is 60, because 22 pairs would hardly detect a gain of
 * one and a half thresholds.
 */
export const noisyPoints: readonly number[] = [5, 9, 20, 60];
/**
 * The limit of "much noise": the spread of an arm's samples, as a share of the threshold. Five pairs estimate the spread roughly. A spread
 * of the whole threshold counts as "much noise" in 96 of 100 baselines, and a spread of half the threshold in 30 of 100.
 */
const muchNoise = 0.55;
/**
 * The limit of "much noise" for `no_worse`, as a share of its margin. This limit is higher than `muchNoise`, because `no_worse` is easier
 * to show: an unchanged program is one whole margin better than the claim needs. Under `proven`, a gain of one and a half thresholds is
 * only half a threshold better than the claim needs.
 */
const muchNoiseForMargin = 0.9;

/** The input for the choice of a design: a session of the base against itself, and the largest number of pairs that the time allows. */
type Noise = { base: number[]; candidate: number[]; rule: Rule; affordable: number };

/**
 * The numbers of pairs that fit the noise. The numbers are chosen once, before any candidate exists, so that the choice adds no error.
 * `affordable` limits the last look. The last ordinary look comes after 22 pairs. If `affordable` is at most 22, the ordinary looks are
 * used.
 */
export function fittingPoints({ base, candidate, rule, affordable }: Noise): readonly number[] {
  const most = Math.min(noisyPoints.at(-1)!, affordable);
  const isLonger = most > ordinaryPoints.at(-1)!;
  const limit = rule.claim === 'no_worse' ? muchNoiseForMargin : muchNoise;
  return isLonger && noiseOf(base, candidate, rule) >= limit ? [...noisyPoints.slice(0, -1), most] : ordinaryPoints;
}

/**
 * The spread of the samples within an arm, as a multiple of the threshold. If two thresholds apply, the larger of the two multiples is
 * returned.
 */
export function noiseOf(base: number[], candidate: number[], rule: Rule): number {
  const { type, pct_min, absolute_min } = rule.threshold;
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const arms = [base, candidate];
  const relative = () =>
    spreadByDifferences(arms.map((arm) => arm.map(Math.log))) / Math.abs(fromPercent(pct_min, direction));
  const plain = () => spreadByDifferences(arms) / absolute_min;
  return Math.max(type === 'absolute' ? 0 : relative(), type === 'pct' ? 0 : plain());
}
