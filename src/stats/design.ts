import { ordinaryRuns, spaced } from './looks.ts';
import { fromPercent } from './percent.ts';
import { newestRules, type Rule } from './rule.ts';
import { spreadOfRun } from './spread.ts';

/** The numbers of pairs at which a session is looked at where there is little noise: 5, 8, 13, 22. */
export const ordinaryPoints: readonly number[] = spaced[newestRules](ordinaryRuns.first, ordinaryRuns.last);
/** Where there is much: at 22 pairs only a gain of two thresholds would still be seen. */
export const noisyPoints: readonly number[] = [6, 12, 24, 60];
/** From this share of the threshold on, the spread of one run counts as much noise. */
const muchNoise = 0.7;

/** What the choice of a design rests on: a session of the base against itself, and the most pairs that the time allows. */
type Noise = { base: number[]; candidate: number[]; rule: Rule; affordable: number };

/**
 * The numbers of pairs that fit the noise, chosen once and before any candidate exists, so that the choice costs no error. `affordable`
 * limits the last look; where it leaves less than a look more than the ordinary ones have, the ordinary ones stay.
 */
export function fittingPoints({ base, candidate, rule, affordable }: Noise): readonly number[] {
  const most = Math.min(noisyPoints.at(-1)!, affordable);
  const longer = [...noisyPoints.slice(0, -1), most];
  return noiseOf(base, candidate, rule) >= muchNoise && most > longer.at(-2)! ? longer : ordinaryPoints;
}

/** The robust spread of one run about its arm's median, in thresholds: by each threshold that applies, the larger. */
export function noiseOf(base: number[], candidate: number[], rule: Rule): number {
  const { type, pct_min, absolute_min } = rule.threshold;
  const spread = (x: number[], y: number[]) => spreadOfRun('mann_whitney', x, y);
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const relative = () =>
    spread(base.map(Math.log), candidate.map(Math.log)) / Math.abs(fromPercent(pct_min, direction));
  const plain = () => spread(base, candidate) / absolute_min;
  return Math.max(type === 'absolute' ? 0 : relative(), type === 'pct' ? 0 : plain());
}
