import type { Contract } from '../contract/schema/contract.ts';
import { quantity } from '../core/units.ts';

/** The threshold in words: `at least 20 % less wall_ms`, `at least 5 ms less`, both, or at a threshold of 0 `any improvement of wall_ms`. */
export function thresholdText({ threshold, metrics }: Contract): string {
  const { name, lower_is_better } = metrics.primary;
  const direction = `${lower_is_better ? 'less' : 'more'} ${name}`;
  const least = {
    pct: [threshold.pct_min],
    absolute: [threshold.absolute_min],
    both: [threshold.pct_min, threshold.absolute_min],
  };
  if (least[threshold.type].every((v) => v === 0)) return `any improvement of ${name}`;
  const parts = {
    pct: [`${threshold.pct_min} %`],
    absolute: [quantity(threshold.absolute_min, metrics.primary.unit)],
    both: [`${threshold.pct_min} %`, quantity(threshold.absolute_min, metrics.primary.unit)],
  }[threshold.type];
  return `at least ${parts.join(' and ')} ${direction}`;
}
