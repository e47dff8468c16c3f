import type { SessionData } from '../experiment/judged.ts';
import type { RemeasureData } from './data.ts';
import { baselineOf } from './history.ts';
import { lastAccepted } from './planned-sessions.ts';
import type { RunState } from './state.ts';

/**
 * The session that measured the base's program before the open attempt, and the samples of that program in it: the attempt's own control,
 * the last accepted attempt (as its candidate), or the baseline. In control and baseline, both arms are that program.
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
