import { failure } from '../core/errors.ts';
import { askedBy } from '../experiment/asked-by.ts';
import type { Broken, Reason } from '../experiment/judged.ts';
import { looksDifferent } from '../experiment/noise.ts';
import type { MeasuredSession } from '../experiment/session.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import type { Planned } from '../record/planned-sessions.ts';
import { reasonText } from '../report/reasons.ts';

type Labelled = Planned & { label: string };

/**
 * Measures a program against itself in a session. If the session shows a difference, measures a second session.
 * @throws command_failed, arms_disturbed
 */
export async function againstItself(
  setup: RepoSetup,
  plan: (number: number) => Labelled,
  measure: (plan: Labelled) => Promise<MeasuredSession | Reason>,
): Promise<MeasuredSession[]> {
  const sessions: MeasuredSession[] = [];
  for (const number of [1, 2]) {
    const result = await measure(plan(number));
    if ('code' in result) throw cannotMeasure(setup, { ...result, arm: 'candidate' } as Broken);
    if (result.broken) throw cannotMeasure(setup, result.broken);
    sessions.push(result);
    if (!looksDifferent(setup.contract, result.data)) break;
  }
  return sessions;
}

export function cannotMeasure({ contract }: RepoSetup, broken: Broken): Error {
  const reason = reasonText(broken, askedBy(contract));
  if (broken.code === 'base_changed') return failure('arms_disturbed', { what: reason });
  return failure('command_failed', { what: 'repro', command: contract.repro.script, reason, output: '' });
}
