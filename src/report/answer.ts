import type { Answer, Asked, Judged, JudgedSession, Verdict } from '../experiment/judged.ts';

/**
 * The printed word for a verdict. The claim `no_worse` has its own words: held, regressed and undecided. A candidate that fails or prints
 * other output did not get slower, so its word is `rejected` and not `regressed`.
 */
export function answerOf(
  { verdict, reasons }: Pick<Judged<JudgedSession>, 'verdict' | 'reasons'>,
  { claim }: Pick<Asked, 'claim'>,
): Verdict | Answer {
  if (claim !== 'no_worse') return verdict;
  if (verdict === 'accepted') return 'held';
  if (verdict === 'inconclusive') return 'undecided';
  return reasons.some(({ code }) => code === 'regressed' || code === 'watchdog_failed') ? 'regressed' : 'rejected';
}
