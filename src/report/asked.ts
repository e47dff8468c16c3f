import type { Contract } from '../contract/schema/contract.ts';
import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Asked } from '../experiment/judged.ts';
import type { Forecast } from '../stats/forecast.ts';
import type { Resolvable } from '../stats/resolvable.ts';

/**
 * The threshold in words: a percentage (`at least 20 % less wall_ms`), an amount (`at least 5 ms less wall_ms`), or both. A threshold of 0
 * is `any improvement of wall_ms`. The margin of `no_worse` is `wall_ms at most 3 % worse`.
 */
export function thresholdText({ threshold, primary, claim }: Pick<Asked, 'threshold' | 'primary' | 'claim'>): string {
  const { name, unit, lower_is_better } = primary;
  const { type, pct_min, absolute_min } = threshold;
  if (claim === 'no_worse') return `${name} at most ${-pct_min} % worse`;
  const least = { pct: [pct_min], absolute: [absolute_min], both: [pct_min, absolute_min] }[type];
  if (least.every((v) => v === 0)) return `any improvement of ${name}`;
  const [pct, absolute] = [`${pct_min} %`, quantity(absolute_min, unit)];
  const parts = { pct: [pct], absolute: [absolute], both: [pct, absolute] }[type];
  return `at least ${parts.join(' and ')} ${lower_is_better ? 'less' : 'more'} ${name}`;
}

/** The smallest improvement that a session detects with a probability of 80 %. */
export function resolvableText(contract: Contract, seen: Pick<Resolvable, 'improvement_pct' | 'improvement'>): string {
  if (seen.improvement_pct !== null) return percent(seen.improvement_pct);
  return seen.improvement === null
    ? 'none: no improvement is detectable'
    : quantity(seen.improvement, contract.metrics.primary.unit);
}

/**
 * A sentence about the smallest effect that is accepted in 80 % of all sessions, such as `an improvement of 3 % or more is accepted four
 * times in five`. For the claim `no_worse`, the sentence says “held” instead of “accepted”.
 */
export function seenText(contract: Contract, seen: Pick<Resolvable, 'improvement_pct' | 'improvement'>): string {
  if (seen.improvement_pct === null && seen.improvement === null)
    return contract.claim === 'no_worse'
      ? 'no change is good enough to get the verdict “held” with a probability of 80 %'
      : 'no improvement is large enough to be accepted with a probability of 80 %';
  if (contract.claim !== 'no_worse')
    return `an improvement of ${resolvableText(contract, seen)} or more is accepted four times in five`;
  const least = seen.improvement_pct ?? Infinity;
  if (least > 0)
    return `the verdict is “held” four times in five only if a change is at least ${resolvableText(contract, seen)} better`;
  return `the verdict is “held” four times in five if a change is at most ${percent(-least)} worse`;
}

/** The expected number of executions of an attempt, and its chance of acceptance. */
export function forecastText(seen: Forecast): string {
  if ('no_effect_held_pct' in seen)
    return `the verdict on a change without effect is “held” in ${seen.no_effect_held_pct} of 100 attempts, after about ${seen.no_effect_executions} executions`;
  return `a change without effect is rejected after about ${seen.no_effect_executions} executions, a gain of twice the threshold is accepted after about ${seen.twice_executions}, and a gain of one and a half times the threshold is accepted in ${seen.one_and_a_half_accepted_pct} of 100 attempts`;
}

/** A sentence that says how to detect smaller effects. */
export function helps({ metrics }: Contract): string {
  return `Each of these changes helps to detect smaller effects: more executions (\`max_runs\`), ${lessNoisy(metrics.primary.source)}a longer or batched repro, a quieter machine.`;
}

/** Names of metrics with less noise than the given metric. */
function lessNoisy(source: Contract['metrics']['primary']['source']): string {
  if (source === 'wall')
    return 'undelayed wall time (`source: undelayed_wall`, Linux) or CPU time (`source: cpu`) instead of wall time, ';
  return source === 'undelayed_wall' ? 'CPU time (`source: cpu`), ' : '';
}
