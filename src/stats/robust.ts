import { median, medianAbsoluteDeviation, sampleStandardDeviation } from 'simple-statistics';

export { median, medianAbsoluteDeviation as mad };

/**
 * Standard deviation that outliers hardly move: 1.4826 · MAD, which equals σ for normal data. Where more than half of the
 * values are the same the MAD is 0 and says nothing; then the ordinary standard deviation. 0 for fewer than two values.
 */
export function robustSd(values: number[]): number {
  if (values.length < 2) return 0;
  return 1.4826 * medianAbsoluteDeviation(values) || sampleStandardDeviation(values);
}
