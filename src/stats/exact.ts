import { toleranceOf } from './effect.ts';
import { reaches } from './hodges-lehmann.ts';
import type { Judgement } from './judgement.ts';
import { fromPercent, toPercent } from './percent.ts';
import { type Rule, refuseProblem, samplesProblem } from './rule.ts';

const isAtLeast = (value: number, least: number, tolerance: number) => value >= least - tolerance;

/** Whether all values are equal. Values with a NaN are never constant. */
export const isConstant = (values: readonly number[]) => values.length > 0 && values.every((v) => v === values[0]);

/**
 * Judges a deterministic metric. Both arms are constant, so the difference is a fact and not an estimate. Both ends of the interval equal
 * the difference. No alpha is spent, and no p-value exists.
 * @throws RangeError if an arm is not constant
 */
export function judgeExact(base: number[], candidate: number[], rule: Rule): Judgement {
  refuseProblem(samplesProblem(base, candidate, { ...rule, test: 'mann_whitney' }));
  if (!isConstant(base) || !isConstant(candidate))
    throw new RangeError('the samples of one arm differ, although the metric is deterministic');
  const [from, to] = [base[0]!, candidate[0]!];
  const sign = rule.lower_is_better ? 1 : -1;
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const amount = sign * (from - to);
  const log = from > 0 && to > 0 ? sign * Math.log(from / to) : null;
  const percent = log === null ? null : toPercent(log, direction);

  const { type, pct_min, absolute_min } = rule.threshold;
  // a difference of 0 is no improvement, but passes `no_worse`
  const reached = rule.claim === 'no_worse' ? isAtLeast : reaches;
  const pctReached = log !== null && reached(log, fromPercent(pct_min, direction), toleranceOf('log', [], []));
  const absoluteReached = reaches(amount, absolute_min, toleranceOf('plain', [from], [to]));
  const passes = (type === 'absolute' || pctReached) && (type === 'pct' || absoluteReached);
  const cles = amount > 0 ? 1 : amount < 0 ? 0 : 0.5;
  return {
    baseline: from,
    candidate: to,
    improvement_pct: percent,
    improvement: amount,
    ci95_pct: percent === null ? null : [percent, percent],
    ci95: [amount, amount],
    lower_bound_pct: percent,
    lower_bound: amount,
    upper_bound_pct: percent,
    upper_bound: amount,
    p: null,
    p_shifted: null,
    p_values: { mann_whitney: null, wilcoxon_signed_rank: null, mean_2sigma: null },
    u: cles * base.length * candidate.length,
    w: null,
    cles,
    n_base: base.length,
    n_candidate: candidate.length,
    alpha: 0,
    passes,
    futile: !passes,
    below_threshold: !passes,
    unlikely: null,
    warnings: [],
  };
}
