/** The statistical tests from which a contract can choose. */
export type Test = 'mann_whitney' | 'wilcoxon_signed_rank' | 'mean_2sigma';

/**
 * The version of the rules. Version 1 has three looks, and an estimate below 0.6 of the threshold ends an attempt. Version 2 has four
 * looks, and only bounds end an attempt. A run keeps the rules that its contract was sealed with.
 */
export type Rules = 1 | 2;
export const newestRules: Rules = 2;

/** The part of a contract that a judgement needs: the better direction, the threshold, and the claim. */
export type Rule = {
  rules: Rules;
  lower_is_better: boolean;
  threshold: {
    /** `both`: the effect must reach the percentage and the absolute amount. */
    type: 'pct' | 'absolute' | 'both';
    /** The threshold in per cent. It is below 0 only with `no_worse`. A threshold of 0 means the claim "better by any amount". */
    pct_min: number;
    /** The threshold in the metric's unit, at least 0. */
    absolute_min: number;
    /** Whether a test decides. If false, the estimate alone decides. */
    significance_required: boolean;
  };
  /**
   * `proven`: the lower bound reaches the threshold. `observed`: the estimate reaches the threshold, and a difference is shown to exist.
   * `no_worse`: as `proven`, but the threshold is below zero. This threshold is the largest regression that is allowed.
   */
  claim: 'proven' | 'observed' | 'no_worse';
  /** The session effect: the error of a session as a whole, in per cent of the base. Every bound is wider by this percentage. */
  session_effect_pct: number;
  test: Test;
};

/** Whether the lower bound must reach the threshold. If false, an estimate that reaches the threshold is enough. */
export const mustProve = ({ claim, threshold }: Pick<Rule, 'claim' | 'threshold'>): boolean =>
  claim !== 'observed' && threshold.significance_required;

/** The reason why samples cannot be judged. */
export type Problem =
  | { code: 'empty'; arm: Arm }
  | { code: 'not_finite'; arm: Arm; index: number; value: number }
  /** A value is 0 or less. Only a threshold in per cent needs positive values. */
  | { code: 'not_positive'; arm: Arm; index: number; value: number }
  | { code: 'unequal_pairs'; n_base: number; n_candidate: number };

export type Arm = 'base' | 'candidate';

/** The first problem of the samples under this rule, or null. Call this function before `judge`, which throws on a problem. */
export function samplesProblem(
  base: readonly number[],
  candidate: readonly number[],
  rule: Pick<Rule, 'threshold' | 'test'>,
): Problem | null {
  const wantsPositive = rule.threshold.type !== 'absolute';
  for (const [arm, values] of [['base', base] as const, ['candidate', candidate] as const]) {
    if (values.length === 0) return { code: 'empty', arm };
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0) return { code: 'not_finite', arm, index: bad, value: values[bad]! };
    const low = wantsPositive ? values.findIndex((v) => v <= 0) : -1;
    if (low >= 0) return { code: 'not_positive', arm, index: low, value: values[low]! };
  }
  return rule.test === 'wilcoxon_signed_rank' && base.length !== candidate.length
    ? { code: 'unequal_pairs', n_base: base.length, n_candidate: candidate.length }
    : null;
}

/** @throws RangeError if `problem` is not null: the caller must handle problems before it judges samples */
export function refuseProblem(problem: Problem | null): void {
  if (problem) throw new RangeError(`samples cannot be judged: ${JSON.stringify(problem)}`);
}
