import type { Effect } from './hodges-lehmann.ts';
import type { Look } from './looks.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { mustProve, type Rule } from './rule.ts';

/**
 * Passing has become unlikely. `runs`: the number of executions per arm that would decide with a probability of 80 %. Null if the estimate
 * equals the threshold.
 */
export type Unlikely = { runs: number | null };

/** If passing at the last look is less probable than this, more samples are not worth their cost. */
const leastChance = 0.05;
/**
 * The standard error of a Hodges-Lehmann estimate, as a multiple of the standard error of a difference of means: √(π/3) for normal data.
 */
const ofMeans = 1.02;
/** The standard error of the estimate from n executions per arm. */
export const errorOfEstimate = (spread: number, n: number): number => ofMeans * spread * Math.sqrt(2 / n);
/** The standard error of the estimate at the last look, in units of the spread. */
const seAt = (last: Look) => errorOfEstimate(1, last.n);
/** The number of standard errors by which the estimate at the last look must exceed the threshold. */
const zAt = (last: Look, rule: Rule) => (mustProve(rule) ? normalQuantile(1 - last.alpha) : 0);

/** The state of one claim at a look before the last look. `spread`: the robust standard deviation of the samples. */
type Standing = { effect: Effect; threshold: number; spread: number; last: Look; rule: Rule };

/**
 * Whether the claim passes at the last look with a probability below 5 %. Let x be the one-sided 80 % upper bound at this look minus the
 * threshold, in standard errors of the estimate at the last look. At that look, the estimate must lie z standard errors above the
 * threshold. The probability is then Φ(x − z), where Φ is the normal distribution function. Stopping for this reason accepts nothing, so
 * the stop adds no error.
 */
export function unlikely({ effect, threshold, spread, last, rule }: Standing): Unlikely | null {
  const [se, z] = [spread * seAt(last), zAt(last, rule)];
  const chance = normalCdf((effect.upper(0.2) - threshold) / se - z);
  if (!(chance < leastChance)) return null; // `chance` is NaN if the spread is 0 and the estimate equals the threshold
  const distance = effect.estimate - threshold;
  // If the estimate is below the threshold, a 95 % upper bound decides, so the 95 % quantile is used.
  const zAnswer = distance > 0 ? z : normalQuantile(0.95);
  const runs = 2 * ((ofMeans * spread * (zAnswer + normalQuantile(0.8))) / distance) ** 2;
  return { runs: Number.isFinite(runs) ? Math.max(last.n + 1, Math.ceil(runs)) : null };
}

/**
 * The largest distance, in units of the spread, of the 80 % upper bound below the threshold. At a larger distance, `unlikely` stops the
 * session.
 */
export const slack = (last: Look, rule: Rule): number => -seAt(last) * (zAt(last, rule) + normalQuantile(leastChance));
