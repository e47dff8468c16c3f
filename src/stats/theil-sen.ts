import { toleranceOf } from './effect.ts';
import { reaches } from './hodges-lehmann.ts';
import { criticalValue, kendallNull } from './null-distribution.ts';

/** The slope of a straight line through points, per unit of x. A bound is ±Infinity if the points are too few for a bound. */
export type Trend = {
  slope: number;
  low: number;
  high: number;
  /** Two-sided p-value of "there is no trend", in (0, 1]. */
  p: number;
};

/**
 * The median of the slopes of all pairs of points, its exact interval, and Kendall's test. `alpha` is the error of the interval, for its
 * two ends together. The median slope is robust to outliers. `x` rises strictly. Returns null for fewer than two points. Time and memory
 * are quadratic in the number of points. Sen, JASA 63 (1968); Hollander & Wolfe, Nonparametric Statistical Methods, 9.1 to 9.3.
 */
export function theilSen(x: readonly number[], y: readonly number[], alpha: number): Trend | null {
  if (x.length < 2) return null;
  const slopes: number[] = [];
  for (let j = 1; j < x.length; j++) for (let i = 0; i < j; i++) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!));
  slopes.sort((a, b) => a - b);
  const { length } = slopes;
  const distribution = kendallNull(x.length);
  const critical = criticalValue(distribution, alpha / 2);
  const tolerance = toleranceOf('plain', slopes, []);
  const rising = slopes.filter((slope) => reaches(slope, 0, tolerance)).length;
  const falling = slopes.filter((slope) => reaches(-slope, 0, tolerance)).length;
  return {
    slope: (slopes[Math.floor((length - 1) / 2)]! + slopes[Math.floor(length / 2)]!) / 2,
    low: slopes[length - critical] ?? -Infinity,
    high: slopes[critical - 1] ?? Infinity,
    p: Math.min(1, 2 * distribution.atLeast(Math.max(rising, falling))),
  };
}
