import type { Effect } from './hodges-lehmann.ts';
import { isSignificant } from './null-distribution.ts';

/** The candidate's regression, and the margin that the regression must stay below, both on one scale. Positive is worse. */
export type Regression = { effect: Effect; margin: number; tolerance: number };

/** Whether the regression is shown to be below the margin, with error `alpha` (non-inferiority). */
export const held = ({ effect, margin, tolerance }: Regression, alpha: number): boolean =>
  effect.upper(alpha) < margin - tolerance;

/** Whether two conditions hold: the regression is shown to be above 0, with error `alpha`, and its estimate is at least the margin. */
export const regressed = ({ effect, margin, tolerance }: Regression, alpha: number): boolean =>
  isSignificant(effect.p(0), alpha) && effect.estimate >= margin - tolerance;
