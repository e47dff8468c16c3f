import type { Effect } from './hodges-lehmann.ts';
import type { Look } from './looks.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** Passing has become unlikely. `runs` a side would decide four times in five; null where the estimate is the threshold itself. */
export type Unlikely = { runs: number | null };

/** Below this chance of passing at the last look, sampling on is not worth its cost. */
const leastChance = 0.05;
/** The standard error of a Hodges-Lehmann estimate by that of a difference of means, for normal data: √(π/3). */
const ofMeans = 1.02;
/** Of the answer "below the threshold": its one-sided bound has an error of 5 %. */
const zBelow = normalQuantile(0.95);
const zPower = normalQuantile(0.8);

/** What the last look will need: the standard error of its estimate, and how many of those the estimate must lie above the threshold. */
function atLast(spread: number, last: Look, significance: boolean): { se: number; z: number } {
  return { se: ofMeans * spread * Math.sqrt(2 / last.n), z: significance ? normalQuantile(1 - last.alpha) : 0 };
}

/** One claim at a look before the last. `spread`: robust standard deviation of one run. `significance`: false where the estimate alone must reach. */
type Standing = { effect: Effect; threshold: number; spread: number; last: Look; significance: boolean };

/**
 * Whether the claim can hardly pass any more: Φ((U₈₀ − θ)/se − z) < 0.05, with U₈₀ the one-sided 80 % upper bound at this look, θ the
 * threshold, se the standard error at the last look, and z the normal quantile of what the last look may spend. Stopping for it accepts
 * nothing, so it costs no error.
 */
export function unlikely({ effect, threshold, spread, last, significance }: Standing): Unlikely | null {
  const { se, z } = atLast(spread, last, significance);
  const chance = normalCdf((effect.upper(0.2) - threshold) / se - z);
  if (!(chance < leastChance)) return null; // no spread and at the threshold is 0/0: go on
  const distance = effect.estimate - threshold;
  const runs = 2 * ((ofMeans * spread * ((distance > 0 ? z : zBelow) + zPower)) / distance) ** 2;
  return { runs: Number.isFinite(runs) ? Math.max(last.n + 1, Math.ceil(runs)) : null };
}

/** How far under the threshold the 80 % upper bound may lie without `unlikely` stopping the session. */
export function slack(spread: number, last: Look, significance: boolean): number {
  const { se, z } = atLast(spread, last, significance);
  return -se * (z + normalQuantile(leastChance));
}
