/**
 * One-sided p-value (base tends to be greater) of the signed-rank test by `@stdlib/stats-wilcoxon`, to check the p-value of perf-gate.
 * It never judges, because on any tie it silently falls back to the normal approximation. Comparable only for up to 50 pairs
 * without ties among the absolute differences and without zeros. Loaded when called, because it is large.
 */
export async function crossCheckSignedRank(base: number[], candidate: number[]): Promise<number> {
  const { default: wilcoxon } = await import('@stdlib/stats-wilcoxon');
  return wilcoxon(base, candidate, { alternative: 'greater' }).pValue;
}
