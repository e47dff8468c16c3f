import { stringify } from 'yaml';
import type { Contract } from '../contract/schema/contract.ts';
import type { StoryContract } from './story.ts';
import { thresholdText } from './threshold-text.ts';

/** The contract in the words of a reader; `test` is the one that judges. */
export function storyContract(contract: Contract, test: string): StoryContract {
  const { metrics, threshold, significance, guards } = contract;
  const { name, unit, lower_is_better, source } = metrics.primary;
  return {
    domain: contract.domain,
    script: contract.repro.script,
    primary: { name, unit, lower_is_better, source: inline(source) },
    threshold: thresholdText(contract),
    threshold_pct: threshold.type === 'absolute' ? null : threshold.pct_min,
    threshold_absolute: threshold.type === 'pct' ? null : threshold.absolute_min,
    significance_required: threshold.significance_required,
    test: test.replace(/_/g, ' '),
    alpha: significance.alpha,
    claim: contract.claim,
    confirm: contract.confirm,
    isolation: contract.isolation,
    order: contract.order,
    watchdogs: metrics.watchdogs.map((w) => ({
      name: w.name,
      unit: w.unit,
      lower_is_better: w.lower_is_better,
      margin_pct: w.max_regression_pct,
    })),
    guards: [
      ...(guards.correctness ? [{ label: 'correctness', value: guards.correctness }] : []),
      ...(guards.same_output ? [{ label: 'same output', value: inline(guards.same_output) }] : []),
      ...(guards.protected.length > 0 ? [{ label: 'protected', value: guards.protected.join(', ') }] : []),
    ],
  };
}

const inline = (value: unknown) =>
  typeof value === 'string' ? value : stringify(value, { collectionStyle: 'flow' }).trim();
