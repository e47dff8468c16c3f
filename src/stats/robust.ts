import { median, medianAbsoluteDeviation, sampleStandardDeviation } from 'simple-statistics';

export { median, medianAbsoluteDeviation as mad };

/**
 * Robust standard deviation: 1.4826 · MAD, which equals σ for normal data. If more than half of the values are the same, the
 * MAD is 0 and the ordinary standard deviation is returned instead. The result is 0 for fewer than two values.
 */
export function robustSd(values: number[]): number {
  if (values.length < 2) return 0;
  return 1.4826 * medianAbsoluteDeviation(values) || sampleStandardDeviation(values);
}
