/**
 * σ by Gini's mean difference: √π/2 times the mean of |xᵢ − xⱼ| over all pairs within each group. It needs no centre. Few values make the
 * MAD about their own median too small, and this not. For normal data it is nearly as precise as the standard deviation (98 %, David 1968).
 * Outliers raise it.
 */
export function spreadByDifferences(groups: readonly (readonly number[])[]): number {
  const differences = groups.flatMap((values) =>
    values.flatMap((value, i) => values.slice(i + 1).map((other) => Math.abs(value - other))),
  );
  return ((Math.sqrt(Math.PI) / 2) * differences.reduce((sum, d) => sum + d, 0)) / differences.length;
}
