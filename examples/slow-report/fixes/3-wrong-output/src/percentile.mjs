/** The p-th percentile (0 to 100) of some numbers, with linear interpolation between the two nearest. */
export function percentile(values, p) {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const position = ((sorted.length - 1) * p) / 100;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

/** Several percentiles of the same numbers. */
export function percentiles(values, ranks) {
  const sorted = Float64Array.from(values).sort();
  return ranks.map((p) => sorted[Math.floor((sorted.length * p) / 100)] ?? 0);
}
