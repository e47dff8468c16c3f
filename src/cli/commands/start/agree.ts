import type { Contract } from '../../../contract/schema/contract.ts';
import { isFailure } from '../../../core/errors.ts';
import type { Preflight } from '../../../record/data.ts';
import { preflightText } from '../../../report/markdown/preflight.ts';
import { contractText } from '../../../report/terminal/contract-text.ts';
import type { Copies } from '../../../run/preflight.ts';
import { sealedByDefault } from '../../../scoping/sealed.ts';
import { askForWord } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';

/** A contract that passed its pre-flight, with the copies of the project that the pre-flight made. */
export type Checked = { contract: Contract; preflight: Preflight; copies: Copies };

/** A contract that passed its pre-flight, and whether a person approved the contract. */
export type Agreed = Checked & { isApproved: boolean };

const meanings = {
  approve: '“approve” starts the measurement',
  change: '“change” lets you change an answer',
  later: '“later” begins the run, which then waits for the approval',
} as const;

/** Shows everything that an approval covers, and asks the person to type an explicit word. */
export async function agree<Word extends keyof typeof meanings>(
  { contract, preflight }: Checked,
  { say, project }: Pick<Tools, 'say'> & { project: string },
  words: readonly Word[],
): Promise<Word> {
  const shown = contractText(contract, await sealedByDefault(contract, project));
  say(`\nThe contract:\n\n${shown}\n\nPre-flight:\n${preflightText(preflight, contract)}\n`);
  say(`Type a whole word: ${words.map((word) => meanings[word]).join(', ')}.`);
  return askForWord(`Approve this contract? (${words.join('/')})`, words);
}

/** `Cancelled.` or `Interrupted.`, if the error says that the person left before a run began. Null for any other error. */
export function whyLeft(error: unknown): string | null {
  if (isFailure(error, 'cancelled')) return 'Cancelled.';
  return isFailure(error, 'interrupted') ? 'Interrupted.' : null;
}
