import { mean, sampleVariance } from 'simple-statistics';
import { type Effect, independentEffect } from './hodges-lehmann.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/**
 * The fallback test `mean_2sigma`: z of the difference of two means. Estimate and bounds are based on means, so every outlier
 * moves them. If z does not exist (a single value, or no spread at all), the exact rank test is used.
 */
export function meanEffect(x: number[], y: number[], tolerance: number): Effect {
  const [a, b] = [moments(x), moments(y)];
  const [difference, error] = [a.mean - b.mean, Math.sqrt(a.variance + b.variance)];
  if (!(error > 0)) return independentEffect(x, y, tolerance);
  return {
    estimate: difference,
    p: (threshold) => normalCdf((threshold - difference) / error),
    lower: (alpha) => difference + normalQuantile(alpha) * error,
    upper: (alpha) => difference - normalQuantile(alpha) * error,
  };
}

/**
 * Like `meanEffect`, for the ratio of two positive means, as a difference of logarithms ln(mean x / mean y). To test a threshold T
 * on the log scale, mean x · e^−T is compared with mean y. The inversion of this test is Fieller's interval (1954).
 */
export function meanRatioEffect(x: number[], y: number[], tolerance: number): Effect {
  const [a, b] = [moments(x), moments(y)];
  if (!(a.variance + b.variance > 0)) return independentEffect(x.map(Math.log), y.map(Math.log), tolerance);
  const root = (alpha: number, side: 1 | -1) => {
    const zz = normalQuantile(alpha) ** 2;
    const slope = a.mean ** 2 - zz * a.variance;
    const spread = Math.sqrt(zz * (a.mean ** 2 * b.variance + b.mean ** 2 * a.variance - zz * a.variance * b.variance));
    const ratio = (a.mean * b.mean + side * spread) / slope;
    return slope > 0 && ratio > 0 ? -Math.log(ratio) : -side * Infinity;
  };
  return {
    estimate: Math.log(a.mean / b.mean),
    p: (threshold) => {
      const r = Math.exp(-threshold);
      return normalCdf((b.mean - a.mean * r) / Math.sqrt(r * r * a.variance + b.variance));
    },
    lower: (alpha) => root(alpha, 1),
    upper: (alpha) => root(alpha, -1),
  };
}

/** Mean of a sample and variance of that mean. The variance of a single value is NaN. */
function moments(values: number[]): { mean: number; variance: number } {
  return { mean: mean(values), variance: values.length < 2 ? NaN : sampleVariance(values) / values.length };
}
