import { judgePair } from '../compare/judging/pair.ts';
import { questionOf } from '../compare/judging/question.ts';
import { shownOf } from '../compare/judging/shown.ts';
import { amountOf, marginOf, mustBeOneQuestion } from './amounts.ts';
import type { AmountGiven } from './asked.ts';
import { mustBeOneOf, mustBeWithin } from './given.ts';
import { raise } from './words.ts';

/** With `noWorseThan`, the verdict is `held`, `regressed` or `undecided`. If the candidate failed, the verdict is `rejected`. */
export type Verdict = 'accepted' | 'rejected' | 'inconclusive' | 'held' | 'regressed' | 'undecided';

/** A reason to doubt a verdict. It has a code for programs and a sentence for people. */
export type Warning = { code: string; text: string };

/** The options of `judge`. Without `threshold` and `noWorseThan`, the candidate must be better, by any amount. */
export type JudgeQuestion = {
  /** How much better the candidate must be: `'5%'`, `'10ms'`, or a number in the unit of the samples. */
  threshold?: AmountGiven;
  /**
   * Replaces the question “is it better?”: asks whether the candidate is at most this many per cent worse. An equal or better candidate
   * passes too.
   */
  noWorseThan?: AmountGiven;
  /** The unit of the samples, such as `'ms'`. For a rate such as `'ops/s'`, higher is better. */
  unit?: string;
  higherIsBetter?: boolean;
  /** Samples with the same index are a pair, and the signed-rank test judges the pairs. */
  paired?: boolean;
  test?: 'auto' | 'mann_whitney' | 'wilcoxon_signed_rank' | 'mean_2sigma';
  /** The chance of accepting an improvement that does not exist; default 0.05. */
  alpha?: number;
  /** `proven` (default): the lower bound of the improvement must reach the threshold. `observed`: the estimate must reach it. */
  claim?: 'proven' | 'observed';
};

/**
 * The object that `perf-gate judge --json` prints. A positive effect is an improvement. The p-values are one-sided, for “the candidate is
 * better”.
 */
export type JudgeResult = {
  verdict: Verdict;
  improvement_pct: number | null;
  ci95_pct: [number | null, number | null] | null;
  p: { mann_whitney: number | null; wilcoxon_signed_rank: number | null; mean_2sigma: number | null };
  p_shifted: number | null;
  u: number;
  w: number | null;
  lower_bound_pct: number | null;
  n_base: number;
  n_candidate: number;
  cles: number;
  warnings: Warning[];
};

/**
 * Judges existing samples: is the candidate better, or no worse? Each sample is the metric of one execution; base and candidate need at
 * least four samples each.
 * Returns the object of `perf-gate judge --json`.
 * @throws PerfGateError: usage, samples_not_judgeable, samples_too_few
 */
export function judge(
  base: readonly number[],
  candidate: readonly number[],
  question: JudgeQuestion = {},
): JudgeResult {
  try {
    return judged(base, candidate, question);
  } catch (error) {
    raise(error);
  }
}

function judged(base: readonly number[], candidate: readonly number[], question: JudgeQuestion): JudgeResult {
  const { threshold, noWorseThan, unit = '', alpha = 0.05, claim, test = 'auto' } = question;
  mustBeOneQuestion(threshold, noWorseThan);
  mustBeWithin({ least: 1e-6, most: 0.5 }, { alpha });
  mustBeOneOf('test', test, ['auto', 'mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma']);
  mustBeOneOf('claim', claim, ['proven', 'observed']);
  const asked = questionOf({
    threshold: amountOf(threshold),
    noWorseThan: marginOf(noWorseThan),
    claim,
    paired: question.paired ?? false,
    test,
    higherIsBetter: question.higherIsBetter ?? false,
    alpha,
  });
  const set = (values: readonly number[]) => ({ name: '', unit, values: [...values] });
  return shownOf(judgePair(set(base), set(candidate), asked));
}
