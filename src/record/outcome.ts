import type { Verdict } from '../experiment/judged.ts';

/**
 * How a run ended: aborted, escalated, or with the verdict on all its attempts together, which is `accepted` if at least one change was
 * kept.
 */
export type OutcomeName = Verdict | 'aborted' | 'escalated';

type Tried = { verdict: Verdict; kept: boolean };

/**
 * The verdict on all attempts so far together: `accepted` if a change was kept, `inconclusive` if every attempt was inconclusive, else
 * `rejected`. Without attempts `rejected`.
 */
export function outcomeSoFar(attempts: readonly Tried[]): Verdict {
  if (attempts.some(({ kept }) => kept)) return 'accepted';
  const open = attempts.length > 0 && attempts.every(({ verdict }) => verdict === 'inconclusive');
  return open ? 'inconclusive' : 'rejected';
}

/** The outcome of an ended run. Null before the run ends. */
export function outcomeOf(ended: string | null, attempts: readonly Tried[]): OutcomeName | null {
  if (!ended) return null;
  return ended === 'aborted' || ended === 'escalated' ? ended : outcomeSoFar(attempts);
}
