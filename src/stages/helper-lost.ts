import { isFailure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import type { Reason } from '../experiment/judged.ts';
import { doneFacts } from '../record/effects.ts';
import { attemptNumber } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/**
 * Handles the error that the measuring process was killed. The first time in an attempt, it records the kill and throws the error again.
 * The second time, it returns a reason against the candidate, because the candidate could otherwise block the run forever.
 * @throws helper_lost: the process was killed for the first time
 */
export async function twiceIsAReason(run: Run, error: unknown): Promise<Reason> {
  if (!isFailure(error, 'helper_lost')) throw error;
  const key = `helper-lost-${attemptNumber(run.state)}`;
  if (doneFacts(run.state, 'recover', key)) return { code: 'helper_lost', times: 2 };
  const told = [`The attempt had to be measured again. ${oneLine(error.message)}`];
  await run.effect('recover', key, async () => ({ told }));
  throw error;
}
