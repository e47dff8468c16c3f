import type { Effect } from './hodges-lehmann.ts';
import type { Look } from './looks.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { mustProve, type Rule } from './rule.ts';

/** Passing has become unlikely. `runs` a side would decide four times in five; null where the estimate is the threshold itself. */
export type Unlikely = { runs: number | null };

/** Below this chance of passing at the last look, sampling on is not worth its cost. */
const leastChance = 0.05;
/** The standard error of a Hodges-Lehmann estimate by that of a difference of means, for normal data: √(π/3). */
const ofMeans = 1.02;
/** The standard error of the estimate from n runs a side. */
export const errorOfEstimate = (spread: number, n: number): number => ofMeans * spread * Math.sqrt(2 / n);
/** The same at the last look, in units of the spread. */
const seAt = (last: Look) => errorOfEstimate(1, last.n);
/** How many standard errors the last estimate must lie above the threshold. */
const zAt = (last: Look, rule: Rule) => (mustProve(rule) ? normalQuantile(1 - last.alpha) : 0);

/** One claim at a look before the last. `spread`: robust standard deviation of one run. */
type Standing = { effect: Effect; threshold: number; spread: number; last: Look; rule: Rule };

/**
 * Whether the claim can hardly pass any more: Φ((U₈₀ − θ)/se − z) < 0.05, with U₈₀ the one-sided 80 % upper bound at this look, θ the
 * threshold, se the standard error at the last look, and z the normal quantile of what the last look may spend. Stopping for it accepts
 * nothing, so it costs no error.
 */
export function unlikely({ effect, threshold, spread, last, rule }: Standing): Unlikely | null {
  const [se, z] = [spread * seAt(last), zAt(last, rule)];
  const chance = normalCdf((effect.upper(0.2) - threshold) / se - z);
  if (!(chance < leastChance)) return null; // no spread and at the threshold is 0/0: go on
  const distance = effect.estimate - threshold;
  // The answer "below the threshold" rests on a bound with an error of 5 %.
  const zAnswer = distance > 0 ? z : normalQuantile(0.95);
  const runs = 2 * ((ofMeans * spread * (zAnswer + normalQuantile(0.8))) / distance) ** 2;
  return { runs: Number.isFinite(runs) ? Math.max(last.n + 1, Math.ceil(runs)) : null };
}

/** How far under the threshold the 80 % upper bound may lie without `unlikely` stopping the session, in units of the spread. */
export const slack = (last: Look, rule: Rule): number => -seAt(last) * (zAt(last, rule) + normalQuantile(leastChance));
