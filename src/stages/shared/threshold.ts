import type { Contract } from '../../contract/schema.ts';
import { quantity } from '../../core/units.ts';

/** The threshold in words: `at least 20 %`, `at least 5 ms`, or both. */
export function thresholdText({ threshold, metrics }: Contract): string {
  const parts = {
    pct: [`${threshold.pct_min} %`],
    absolute: [quantity(threshold.absolute_min, metrics.primary.unit)],
    both: [`${threshold.pct_min} %`, quantity(threshold.absolute_min, metrics.primary.unit)],
  }[threshold.type];
  return `at least ${parts.join(' and ')} ${metrics.primary.lower_is_better ? 'less' : 'more'} ${metrics.primary.name}`;
}
