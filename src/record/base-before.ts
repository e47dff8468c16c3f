import type { SessionData } from '../experiment/judged.ts';
import type { RemeasureData } from './data.ts';
import { baselineOf } from './history.ts';
import { lastAccepted } from './planned-sessions.ts';
import type { RunState } from './state.ts';

/**
 * The earlier session that measured the base of the open attempt, with the samples of this base. This session is the attempt's own control
 * session, a session of the last accepted attempt, or the baseline. In a session of the last accepted attempt, the candidate has the same
 * program as this base. In the control session and in the baseline, both arms have this program.
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
