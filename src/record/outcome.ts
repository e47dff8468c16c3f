import type { Verdict } from '../experiment/judged.ts';

/** The outcome of a run. The outcome is `accepted` if at least one change was kept. */
export type OutcomeName = Verdict | 'aborted' | 'escalated';

type Tried = { verdict: Verdict; kept: boolean };

/** The outcome of a run's attempts so far. Without attempts, the outcome is `rejected`. */
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
