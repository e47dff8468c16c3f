import type { SessionData } from '../experiment/judged.ts';
import type { RemeasureData } from './data.ts';
import { baselineOf } from './history.ts';
import { lastAccepted } from './planned-sessions.ts';
import type { RunState } from './state.ts';

/**
 * The session that measured the program of the base before the open attempt, and what that program measured there: in the attempt's own
 * control, as the candidate of the last accepted attempt, or in the baseline. In the first and the last it was both arms.
 */
export function baseBefore(
  state: RunState,
  { control }: Pick<RemeasureData, 'control'> = {},
): { session: SessionData; before: number[] } {
  const last = control ? null : lastAccepted(state);
  if (last) return { session: last, before: last.candidate };
  const [session] = control ?? baselineOf(state).aa;
  return { session: session!, before: [...session!.base, ...session!.candidate] };
}
