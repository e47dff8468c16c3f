import { medianInterval } from '../../stats/median-interval.ts';
import { median } from '../../stats/robust.ts';

/**
 * A median with its confidence interval. `confidence`: from 0 to 1. For fewer than 6 values, the interval is the range of the values, and
 * the confidence is lower.
 */
export type Estimate = { value: number; low: number; high: number; confidence: number };

/**
 * The median and its interval, from at least one value. All n values are above the true median, or all are below it, with a probability of
 * 2 / 2ⁿ.
 */
export function estimateOf(values: readonly number[]): Estimate {
  const [low, high] = medianInterval(values) ?? [Math.min(...values), Math.max(...values)];
  const confidence = values.length < 6 ? 1 - 2 ** (1 - values.length) : 0.95;
  return { value: median([...values]), low, high, confidence };
}
