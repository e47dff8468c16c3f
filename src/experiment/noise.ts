import type { Contract } from '../contract/schema/contract.ts';
import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Resolvable } from '../stats/resolvable.ts';

/** Beyond how many thresholds the smallest improvement that can be seen is of no use. */
const TOO_FAR = 2;

/** Whether the noise hides what the contract wants to see: the goal, or without one twice the threshold. */
export function tooNoisy({ goal, threshold }: Contract, seen: Resolvable): boolean {
  if (goal) return (seen.improvement_pct ?? Infinity) > goal.pct;
  if (threshold.type === 'absolute') return (seen.improvement ?? Infinity) > TOO_FAR * threshold.absolute_min;
  return (seen.improvement_pct ?? Infinity) > TOO_FAR * threshold.pct_min;
}

/** The smallest improvement that would be seen four times in five, in words. */
export function resolvableText(contract: Contract, seen: Resolvable): string {
  if (seen.improvement_pct !== null) return percent(seen.improvement_pct);
  return seen.improvement === null
    ? 'none: no effect would be seen'
    : quantity(seen.improvement, contract.metrics.primary.unit);
}

/** What would let the gate see finer. */
export function helps({ metrics }: Contract): string {
  const cpu = metrics.primary.source === 'wall' ? 'CPU time instead of wall time (`source: cpu`), ' : '';
  return `What helps: more runs (\`max_runs\`), ${cpu}a longer or batched repro, a quieter machine.`;
}
