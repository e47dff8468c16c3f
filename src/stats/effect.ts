import { type Effect, independentEffect, pairedEffect } from './hodges-lehmann.ts';
import { meanEffect, meanRatioEffect } from './mean-z.ts';
import type { Test } from './rule.ts';

/**
 * The scale of an effect. `log`: differences of logarithms, for percentages. This scale needs positive values. `plain`: differences in the
 * metric's unit.
 */
export type Scale = 'log' | 'plain';

/**
 * The effect: by how much the values of `larger` exceed the values of `smaller`, as the given test estimates it. For a test of pairs, index
 * i of both arms is pair i.
 */
export function effect(test: Test, scale: Scale, larger: number[], smaller: number[]): Effect {
  const tolerance = toleranceOf(scale, larger, smaller);
  if (test === 'mean_2sigma') return (scale === 'log' ? meanRatioEffect : meanEffect)(larger, smaller, tolerance);
  const [x, y] = scale === 'log' ? [larger.map(Math.log), smaller.map(Math.log)] : [larger, smaller];
  return test === 'mann_whitney' ? independentEffect(x, y, tolerance) : pairedEffect(differences(x, y), tolerance);
}

/** Differences of pairs on a scale. */
export const differences = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value - y[i]!);

/**
 * The largest rounding error of a difference: for example, ln(100) − ln(80) + ln(0.8) should be 0, but the computed value is 9e-16. On the
 * plain scale this error grows with the values.
 */
export const toleranceOf = (scale: Scale, x: readonly number[], y: readonly number[]) =>
  scale === 'log' ? 1e-12 : 1e-12 * [...x, ...y].reduce((largest, v) => Math.max(largest, Math.abs(v)), 0);
