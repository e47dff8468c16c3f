import type { Contract } from '../contract/schema/contract.ts';
import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Resolvable } from '../stats/resolvable.ts';

/** The smallest improvement that would be seen four times in five, in words. */
export function resolvableText(contract: Contract, seen: Pick<Resolvable, 'improvement_pct' | 'improvement'>): string {
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
