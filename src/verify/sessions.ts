import type { Contract } from '../contract/schema/contract.ts';
import type { SessionData, Sessions } from '../experiment/judged.ts';
import { needsConfirmation } from '../experiment/verdict.ts';
import { differences, type Finding, findingsOf } from './finding.ts';
import type { Recomputed } from './session.ts';

/**
 * Checks one session of the record and collects the findings. `field`: the field of the record, such as `screen`. `broken`: the failure
 * that ended the experiment in this session, or null.
 */
export type CheckOne = (field: string, recorded: SessionData, broken: Sessions['broken']) => Recomputed;

/**
 * The contract of the sessions, the name of their record (`where`), and the function that checks one session. `mustBe`: the reason for the
 * verdict, if this reason follows from the change alone, regardless of the samples.
 */
type Given = { contract: Contract; where: string; mustBe?: string | undefined; check: CheckOne };

/**
 * Recomputes screen and confirmation from their samples. Guards that ran commands cannot be checked again. All other guards are checked.
 */
export function checkSessions(
  recorded: Sessions,
  { contract, where, mustBe, check }: Given,
): { findings: Finding[]; sessions: Sessions } {
  const findings: Finding[] = [];
  const screen = recorded.screen && check('screen', recorded.screen, recorded.confirmation ? null : recorded.broken);
  const confirmation = recorded.confirmation && check('confirmation', recorded.confirmation, recorded.broken);
  if (screen && needsConfirmation(screen.data, contract) && !confirmation && !recorded.broken)
    findings.push({ code: 'confirmation_missing', where, expected: 'a confirmation', found: null });
  const seen = screen?.broken ?? confirmation?.broken ?? null;
  const broken = mustBe ?? seen?.code ?? recorded.broken?.code ?? null;
  findings.push(...findingsOf('session_differs', where, differences({ broken }, { broken: recorded.broken?.code })));
  if (!screen && !recorded.broken)
    findings.push({ code: 'samples_missing', where: `${where} screen`, expected: 'a session', found: null });
  return {
    findings,
    sessions: {
      broken: recorded.broken ?? (broken === null ? null : { code: broken, text: '' }),
      screen: screen?.data ?? null,
      confirmation: confirmation?.data ?? null,
    },
  };
}
