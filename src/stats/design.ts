import { ordinaryRuns, spaced } from './looks.ts';
import { spreadByDifferences } from './mean-difference.ts';
import { fromPercent } from './percent.ts';
import { newestRules, type Rule } from './rule.ts';

/** The numbers of pairs at which a session is looked at where there is little noise: 5, 8, 13, 22. */
export const ordinaryPoints: readonly number[] = spaced[newestRules](ordinaryRuns.first, ordinaryRuns.last);
/** Where there is much: up to 60 pairs, because at 22 hardly a gain of one and a half thresholds would still be seen. */
export const noisyPoints: readonly number[] = [5, 9, 20, 60];
/**
 * From this share of the threshold on, the spread of one run counts as much noise. Five pairs tell it roughly: a machine with a spread of
 * the whole threshold is seen as loud in 96 of 100 baselines, one with half of it in 30.
 */
const muchNoise = 0.55;
/** The same in margins of `no_worse`: what changes nothing lies a whole margin away from it, one and a half thresholds only half of one. */
const muchNoiseForMargin = 0.9;

/** What the choice of a design rests on: a session of the base against itself, and the most pairs that the time allows. */
type Noise = { base: number[]; candidate: number[]; rule: Rule; affordable: number };

/**
 * The numbers of pairs that fit the noise, chosen once and before any candidate exists, so that the choice costs no error. `affordable`
 * limits the last look; where it allows no more pairs than the ordinary looks take, those stay.
 */
export function fittingPoints({ base, candidate, rule, affordable }: Noise): readonly number[] {
  const most = Math.min(noisyPoints.at(-1)!, affordable);
  const isLonger = most > ordinaryPoints.at(-1)!;
  const limit = rule.claim === 'no_worse' ? muchNoiseForMargin : muchNoise;
  return isLonger && noiseOf(base, candidate, rule) >= limit ? [...noisyPoints.slice(0, -1), most] : ordinaryPoints;
}

/** The spread of one run within its arm, in thresholds: by each threshold that applies, the larger. */
export function noiseOf(base: number[], candidate: number[], rule: Rule): number {
  const { type, pct_min, absolute_min } = rule.threshold;
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const arms = [base, candidate];
  const relative = () =>
    spreadByDifferences(arms.map((arm) => arm.map(Math.log))) / Math.abs(fromPercent(pct_min, direction));
  const plain = () => spreadByDifferences(arms) / absolute_min;
  return Math.max(type === 'absolute' ? 0 : relative(), type === 'pct' ? 0 : plain());
}
