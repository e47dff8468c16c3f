/** The p-th percentile (0 to 100) of some numbers, with linear interpolation between the two nearest. */
export function percentile(values, p) {
  if (values.length === 0) return 0;
  const last = values.length - 1;
  const sorted = Float64Array.from(values).sort();
  const position = (last * p) / 100;
  const below = position | 0;
  const low = sorted[below];
  return below === last ? low : low + (sorted[below + 1] - low) * (position - below);
}

/** Several percentiles of the same numbers. */
export function percentiles(values, ranks) {
  return ranks.map((p) => percentile(values, p));
}
