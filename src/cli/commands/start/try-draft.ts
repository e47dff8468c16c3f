import { draftFile } from '../../../artifact/paths.ts';
import { checkContract, loadContract, updateContractText } from '../../../contract/parse.ts';
import { hashContract } from '../../../contract/seal.ts';
import { mustAskOne } from '../../../contract/suite.ts';
import { isFailure } from '../../../core/errors.ts';
import { preflight } from '../../../run/preflight.ts';
import { readDraft, rewriteDraft, saveDraft } from '../../../scoping/draft.ts';
import { contractFrom } from '../../../scoping/interview/contract-from.ts';
import { listOf } from '../../../scoping/interview/question.ts';
import { ask } from '../../terminal/prompt.ts';
import type { Checked } from './agree.ts';
import type { Scoping } from './drafting.ts';

/** Returns an error handler that removes the copies of the project, and then rethrows the error. */
export const dropping =
  ({ copies }: Checked) =>
  (error: unknown): never => {
    copies.drop();
    throw error;
  };

/** Shows the contract of the draft and tries it. If the try fails, prints the error and returns null. */
export async function tryDraft(scoping: Scoping): Promise<Checked | null> {
  const { repo, tools } = scoping;
  const file = draftFile(repo.project);
  try {
    const contract = mustAskOne(loadContract(file), file);
    const { setup, build, script } = contract.repro;
    const commands = [setup, build, script].filter(Boolean).map((command) => `\n  ${command}`);
    tools.say(`\nThe draft of the contract is in ${file}. Trying it on a copy of the project:${commands.join('')}\n`);
    const checked = { contract, ...(await preflight(repo, tools, contract)) };
    return await withGuardedOutput(checked, scoping).catch(dropping(checked));
  } catch (error) {
    if (!isFailure(error) || error.code === 'cancelled' || error.code === 'interrupted') throw error;
    tools.say(`\nerror: ${error.message}\nhint:  ${error.hint}\n`);
    return null;
  }
}

/** Proposes the guard `same_output` if all pilot runs printed the same output. */
async function withGuardedOutput(tried: Checked, { repo, task, tools, found }: Scoping): Promise<Checked> {
  if (tried.preflight.output !== 'same') return tried;
  const message = `All ${tried.preflight.runs} executions printed the same output. Must every change print the same output too?`;
  const choices = [
    { name: 'yes', message: 'yes: a change that prints something else is rejected' },
    { name: 'no', message: 'no' },
  ];
  if ((await ask<string>({ type: 'select', message, choices } as never)) === 'no') return tried;
  const { project } = repo;
  const draft = readDraft(project)!;
  if (draft.isEdited) rewriteDraft(project, updateContractText(draft.text, ['guards', 'same_output'], true));
  else {
    const answers = { ...draft.answers, guards: [...listOf(draft.answers, 'guards'), 'same_output'] };
    saveDraft(project, task, answers, contractFrom(answers, found, task));
  }
  tools.say('The contract now has the guard same_output.');
  const guards = { ...tried.contract.guards, same_output: true as const };
  const contract = checkContract({ ...tried.contract, guards }, draftFile(project));
  const guarded = { ...tried.preflight, output: 'agrees' as const, contract_hash: hashContract(contract) };
  return { ...tried, contract, preflight: guarded };
}
