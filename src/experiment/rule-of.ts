import type { Contract } from '../contract/schema/contract.ts';
import type { Rule, Rules, Test } from '../stats/rule.ts';

/** The version of the rules that a contract is judged by. A contract that states no version has version 1. */
export const rulesOf = ({ rules }: Pick<Contract, 'rules'>): Rules => rules ?? 1;

/**
 * Converts the claim of a contract to a claim for the statistics. The claim `no_worse` means an improvement by at least a negative
 * threshold.
 */
export function claimOf({
  claim,
  threshold,
}: Pick<Contract, 'claim' | 'threshold'>): Pick<Rule, 'claim' | 'threshold'> {
  const { no_worse_pct = 0, ...least } = threshold;
  return { claim, threshold: claim === 'no_worse' ? { ...least, type: 'pct', pct_min: -no_worse_pct } : least };
}

export const ruleOf = (contract: Contract, test: Test): Rule => ({
  rules: rulesOf(contract),
  lower_is_better: contract.metrics.primary.lower_is_better,
  ...claimOf(contract),
  session_effect_pct: contract.session_effect_pct ?? 0,
  test,
});
