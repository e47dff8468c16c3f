import { failure } from '../../core/errors.ts';
import type { Options } from '../command.ts';
import { textOf } from '../measure/options.ts';
import { parseThreshold } from '../measure/threshold.ts';

/** How much a hotspot must be able to give, in per cent of the whole. Throws `usage`. */
export function thresholdOf(options: Options): number {
  const asked = parseThreshold(textOf(options, 'threshold') ?? '20%');
  if (asked.kind === 'pct' || asked.value === 0) return asked.value;
  throw failure('usage', {
    problem: `A ceiling is a share, so ${textOf(options, 'threshold')} cannot be its threshold.`,
    hint: 'Give the threshold in per cent: --threshold 20%.',
  });
}
