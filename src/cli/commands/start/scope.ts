import { draftFile } from '../../../artifact/paths.ts';
import { failure } from '../../../core/errors.ts';
import type { Repo } from '../../../git/repo.ts';
import { withMissingProfilers } from '../../../scoping/choose-profiler.ts';
import { readDraft } from '../../../scoping/draft.ts';
import { machineOf } from '../../../scoping/machine.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { ask } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';
import { type Agreed, agree, whyLeft } from './agree.ts';
import { answerFrom, change, goesOn, type Scoping } from './drafting.ts';
import { dropping, tryDraft } from './try-draft.ts';

/**
 * Agrees on a contract with the person at the terminal: asks questions, shows the contract, tries the contract, and asks for the approval.
 * The draft is on disk before any command runs. After a failure the person can change every answer.
 * @throws no_run_begun: the person left before a run began
 */
export async function scope(task: string, repo: Repo, tools: Tools): Promise<Agreed> {
  const found = await withMissingProfilers(recon(repo.project, await machineOf(tools.env)), tools.env);
  const scoping = { task, repo, tools, found };
  try {
    tools.say(introduction(scoping));
    if (!(await goesOn(scoping))) await answerFrom({}, scoping);
    return await settle(scoping);
  } catch (error) {
    const why = whyLeft(error);
    if (why === null) throw error;
    throw failure('no_run_begun', { why, draft: readDraft(repo.project) ? draftFile(repo.project) : null });
  }
}

function introduction({ task, found }: Scoping): string {
  const language = found.runtime?.startsWith(found.language ?? ' ') ? null : found.language;
  const known = new Set([language, found.runtime, found.package_manager, ...found.tools].filter(Boolean));
  const benches = found.existing_benchmarks.length > 0 ? `; benchmarks in ${found.existing_benchmarks.join(', ')}` : '';
  return [
    `Scoping: ${task}`,
    `Found here: ${[...known].join(', ') || 'nothing that perf-gate recognises'}${benches}`,
    'Escape returns to the previous question; Ctrl-C leaves and keeps the answers.\n',
  ].join('\n');
}

/** Tries the draft until the person approves the contract, or begins the run without an approval. */
async function settle(scoping: Scoping): Promise<Agreed> {
  const { repo, tools } = scoping;
  for (;;) {
    const tried = await tryDraft(scoping);
    if (tried !== null) {
      const word = await agree(tried, { ...tools, project: repo.project }, ['approve', 'change', 'later']).catch(
        dropping(tried),
      );
      if (word !== 'change') return { ...tried, isApproved: word === 'approve' };
      tried.copies.drop();
      await change(scoping);
    } else if (!(await isWorthAnotherTry(scoping))) {
      throw failure('no_run_begun', { why: 'The contract was not agreed on.', draft: draftFile(repo.project) });
    }
  }
}

/** Asks the person after a failure. Returns whether to try the draft again. The person may first change an answer. */
async function isWorthAnotherTry(scoping: Scoping): Promise<boolean> {
  const choices = [
    { name: 'change', message: 'change an answer' },
    { name: 'again', message: 'try the draft again (after you edited it or fixed the project)' },
    { name: 'leave', message: 'leave; the draft is kept' },
  ];
  const what = await ask<string>({ type: 'select', message: 'What now?', choices } as never);
  if (what === 'change') await change(scoping);
  return what !== 'leave';
}
