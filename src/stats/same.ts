import { sampleRankCorrelation } from 'simple-statistics';
import { effect } from './effect.ts';
import { judge, pairedTest } from './judge.ts';
import type { Judgement } from './judgement.ts';
import { smallestP } from './looks.ts';
import { mannWhitney } from './mann-whitney.ts';
import { isSignificant } from './null-distribution.ts';
import { type Rule, type Rules, refuseProblem, samplesProblem, type Test } from './rule.ts';
import { sessionShift } from './widened.ts';

/** The verdict on a session that measured the same program in both arms. */
export type Sameness = {
  different: boolean;
  /** The two-sided p-value against no difference. */
  p_two_sided: number;
  /**
   * The arm that the gate would have accepted as better, although both arms are the same program. For `no_worse`, the arm that the gate
   * would have rejected as worse.
   */
  accepted: 'base' | 'candidate' | null;
  /** Medians, in the metric's unit. */
  baseline: number;
  candidate: number;
};

/**
 * The share of sessions in which the same program looks different by chance, two-sided. The caller requires a difference in two sessions
 * in a row.
 */
const sameAlpha = 0.01;

/**
 * Whether two arms of the same program differ. They differ if the two-sided test finds a difference at 1 %, or if the gate would accept
 * one arm as an improvement on the other at `alpha`. `alpha` is the error that the gate's first look may spend.
 */
export function differs(base: number[], candidate: number[], rule: Rule, alpha: number): Sameness {
  refuseProblem(samplesProblem(base, candidate, rule));
  const forward = judge(base, candidate, rule, alpha);
  const backward = judge(candidate, base, rule, alpha);
  const p = twoSided(base, candidate, rule);
  const says = (seen: Judgement) => (rule.claim === 'no_worse' ? seen.below_threshold : seen.passes);
  const accepted = says(forward) ? 'candidate' : says(backward) ? 'base' : null;
  return {
    different: isSignificant(p, sameAlpha) || accepted !== null,
    p_two_sided: p,
    accepted,
    baseline: forward.baseline,
    candidate: forward.candidate,
  };
}

/** The 95 % quantile of the normal distribution, for one-sided bounds. */
const z95 = 1.645;

/**
 * Chooses the test for `auto` from a session of the base against itself: signed-rank if both arms drift together, else Mann-Whitney. Arms
 * drift together if the rank correlation within pairs is above 0.5. Both tests are valid whether the arms drift or not. The choice affects
 * only the power. With five pairs, chance alone gives such a correlation in one session of six. The correlation must therefore also exceed
 * the value that chance exceeds in one session of twenty.
 */
export function chooseTest(base: number[], candidate: number[], rules: Rules): Exclude<Test, 'mean_2sigma'> {
  const correlation =
    base.length < 3 || base.length !== candidate.length ? NaN : sampleRankCorrelation(base, candidate);
  const byChance = rules === 1 ? 0 : z95 / Math.sqrt(base.length - 1);
  return correlation > Math.max(0.5, byChance) ? 'wilcoxon_signed_rank' : 'mann_whitney';
}

function twoSided(base: number[], candidate: number[], rule: Rule): number {
  // With few pairs, the p-value of the signed-rank test is never as low as 1 % (`blind`), and any two arms would count as the same. The
  // Mann-Whitney test is used instead.
  const { log, plain } = sessionShift(rule, base);
  if (log > 0) {
    const by = (x: number[], y: number[]) =>
      rule.threshold.type === 'absolute'
        ? effect(rule.test, 'plain', x, y).p(plain)
        : effect(rule.test, 'log', x, y).p(log);
    return Math.min(1, 2 * Math.min(by(base, candidate), by(candidate, base)));
  }
  const blind = rule.rules > 1 && 2 * smallestP(rule.test, base.length) > sameAlpha;
  if (rule.test === 'mann_whitney' || blind) return mannWhitney(base, candidate).twoSided;
  if (rule.test === 'wilcoxon_signed_rank') return pairedTest(base, candidate, rule.threshold.type).twoSided;
  const p = (x: number[], y: number[]) => effect('mean_2sigma', 'plain', x, y).p(0);
  return Math.min(1, 2 * Math.min(p(base, candidate), p(candidate, base)));
}
