import { isFailure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import type { Reason } from '../experiment/judged.ts';
import { doneFacts } from '../record/effects.ts';
import { attemptNumber } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/**
 * Handles a measuring process that was killed while the base ran. The first time may be an accident, so the journal records it and the
 * error is thrown again. The second time within one attempt is a reason against the candidate, because such a candidate could otherwise
 * block the run forever.
 * @throws helper_lost: the process was killed for the first time; any other error
 */
export async function twiceIsAReason(run: Run, error: unknown): Promise<Reason> {
  if (!isFailure(error, 'helper_lost')) throw error;
  const key = `helper-lost-${attemptNumber(run.state)}`;
  if (doneFacts(run.state, 'recover', key)) return { code: 'helper_lost', times: 2 };
  const told = [`The attempt had to be measured again. ${oneLine(error.message)}`];
  await run.effect('recover', key, async () => ({ told }));
  throw error;
}
