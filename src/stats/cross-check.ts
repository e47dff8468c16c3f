/**
 * The p-value of the signed-rank test by the package `@stdlib/stats-wilcoxon`, to check perf-gate's own p-value. The test is one-sided: the
 * base tends to be greater. This p-value never decides a verdict, because the package silently falls back to the normal approximation on
 * any tie. The two p-values are comparable only for at most 50 pairs whose absolute differences have no ties and no zeros. The package is
 * loaded when this function is called, because the package is large.
 */
export async function crossCheckSignedRank(base: number[], candidate: number[]): Promise<number> {
  const { default: wilcoxon } = await import('@stdlib/stats-wilcoxon');
  return wilcoxon(base, candidate, { alternative: 'greater' }).pValue;
}
