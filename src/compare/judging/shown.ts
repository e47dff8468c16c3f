import { answerOf } from '../../report/answer.ts';
import type { JudgedPair } from './pair.ts';

/** The verdict on two sets of samples, in the form that `--json` prints. The p-values are one-sided, for “the candidate is better”. */
export function shownOf({ judgement, told: warnings, ...judged }: JudgedPair) {
  const { improvement_pct, ci95_pct, p_shifted, u, w, lower_bound_pct, n_base, n_candidate, cles } = judgement;
  const seen = { improvement_pct, ci95_pct, p: judgement.p_values, p_shifted, u, w, lower_bound_pct };
  return { verdict: answerOf(judged, judged.asked), ...seen, n_base, n_candidate, cles, warnings };
}
