import type { Effect } from './hodges-lehmann.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';

/** The effect with wider bounds. `by` is the session effect, on the same scale as the effect. */
export function widened(effect: Effect, by: number): Effect {
  if (by === 0) return effect;
  return {
    estimate: effect.estimate,
    p: (threshold) => effect.p(threshold + by),
    lower: (alpha) => effect.lower(alpha) - by,
    upper: (alpha) => effect.upper(alpha) + by,
  };
}

/** The session effect of a rule on each scale of an effect. */
export const sessionShift = ({ session_effect_pct }: Rule, base: readonly number[]) => ({
  log: Math.log1p(session_effect_pct / 100),
  plain: (Math.abs(median([...base])) * session_effect_pct) / 100,
});
