import type { Verdict } from '../experiment/judged.ts';
import { accepted, attemptsOf } from './history.ts';
import type { RunState } from './state.ts';

/** How a run came out. `accepted`: at least one change was kept. */
export type OutcomeName = Verdict | 'aborted' | 'escalated';

/** What the attempts come to; a run in which nothing was tried is `rejected`. */
export function outcomeSoFar(state: RunState): Verdict {
  if (accepted(state).length > 0) return 'accepted';
  const verdicts = attemptsOf(state).map((a) => a.verdict);
  return verdicts.length > 0 && verdicts.every((v) => v === 'inconclusive') ? 'inconclusive' : 'rejected';
}

/** The outcome of a run that has ended; null while it goes on. */
export function outcomeOf(state: RunState): OutcomeName | null {
  if (!state.ended) return null;
  return state.ended === 'aborted' || state.ended === 'escalated' ? state.ended : outcomeSoFar(state);
}
