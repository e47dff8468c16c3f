import { draftFile } from '../../../artifact/paths.ts';
import { checkContract, loadContract, updateContractText } from '../../../contract/parse.ts';
import { hashContract } from '../../../contract/seal.ts';
import { failure, isFailure } from '../../../core/errors.ts';
import type { Repo } from '../../../git/repo.ts';
import { preflight } from '../../../run/preflight.ts';
import { withMissingProfilers } from '../../../scoping/choose-profiler.ts';
import { type Draft, dropDraft, readDraft, rewriteDraft, saveDraft } from '../../../scoping/draft.ts';
import { contractFrom } from '../../../scoping/interview/contract-from.ts';
import { changeable, changed } from '../../../scoping/interview/interview.ts';
import { type Answers, listOf } from '../../../scoping/interview/question.ts';
import { machineOf } from '../../../scoping/machine.ts';
import { type Recon, recon } from '../../../scoping/recon/recon.ts';
import { ask, askOrBack, BACK } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';
import { type Agreed, agree, type Checked, whyLeft } from './agree.ts';
import { answerAll, answerTo } from './interview.ts';

/** A scoping in the terminal: what was found, and the draft as it lies on the disk. */
type Scoping = { task: string; repo: Repo; tools: Tools; found: Recon };

/**
 * Agrees on a contract with the person at the terminal: asks, shows the whole of it, tries it, and asks for the approval. A draft lies on
 * the disk before anything runs. A failure leads back to the answers, each of which can be changed.
 * @throws no_run_begun: the person left; no run was begun
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
    'Escape goes back to the question before; Ctrl-C leaves, and the answers are kept.\n',
  ].join('\n');
}

/** Whether the person goes on from the draft of an earlier start; its open questions are asked, and any answer can be changed first. */
async function goesOn(scoping: Scoping): Promise<boolean> {
  const { project } = scoping.repo;
  const draft = readDraft(project);
  if (draft === null) return false;
  const choices = [
    { name: 'on', message: 'go on from it' },
    ...(draft.isEdited ? [] : [{ name: 'change', message: 'go on, and change an answer' }]),
    { name: 'afresh', message: 'begin afresh' },
  ];
  const whose = draft.task ? ` (“${draft.task}”${draft.isEdited ? ', with your edits' : ''})` : '';
  const message = `There is the draft of a contract from an earlier start${whose}. What now?`;
  const what = await ask<string>({ type: 'select', message, choices } as never);
  if (what === 'afresh') dropDraft(project);
  else if (what === 'change') await change(scoping);
  else if (!draft.isEdited) await answerFrom(draft.answers, scoping);
  return what !== 'afresh';
}

/** Asks what is still open; the draft is written after every answer. */
async function answerFrom(answers: Answers, { task, repo, tools, found }: Scoping): Promise<void> {
  const keep = (now: Answers) => saveDraft(repo.project, task, now, contractFrom(now, found, task));
  keep(await answerAll(answers, { found, task, tools, keep }));
}

/** Tries the draft until the person approves it, or leaves it unapproved. */
async function settle(scoping: Scoping): Promise<Agreed> {
  const { repo, tools } = scoping;
  for (;;) {
    const tried = await tryDraft(scoping);
    if (tried !== null) {
      const word = await agree(tried, tools, ['approve', 'change', 'later']).catch(dropping(tried));
      if (word !== 'change') return { ...tried, isApproved: word === 'approve' };
      tried.copies.drop();
      await change(scoping);
    } else if (!(await isWorthAnotherTry(scoping))) {
      throw failure('no_run_begun', { why: 'The contract was not agreed on.', draft: draftFile(repo.project) });
    }
  }
}

/** For a person who leaves: the copies go before the error goes on. */
const dropping =
  ({ copies }: Checked) =>
  (error: unknown): never => {
    copies.drop();
    throw error;
  };

/** Shows the contract of the draft and tries it; null, after the reason, where it cannot be carried out. */
async function tryDraft(scoping: Scoping): Promise<Checked | null> {
  const { repo, tools } = scoping;
  const file = draftFile(repo.project);
  try {
    const contract = loadContract(file);
    const { setup, build, script } = contract.repro;
    const commands = [setup, build, script].filter(Boolean).map((command) => `\n  ${command}`);
    tools.say(`\nThe contract is drafted in ${file}. Trying it on a copy of the project:${commands.join('')}\n`);
    const checked = { contract, ...(await preflight(repo, tools, contract)) };
    return await withGuardedOutput(checked, scoping).catch(dropping(checked));
  } catch (error) {
    if (!isFailure(error) || error.code === 'cancelled' || error.code === 'interrupted') throw error;
    tools.say(`\nerror: ${error.message}\nhint:  ${error.hint}\n`);
    return null;
  }
}

/** Proposes the guard that nobody asked for, where the pilot runs have shown that it would hold. */
async function withGuardedOutput(tried: Checked, { repo, task, tools, found }: Scoping): Promise<Checked> {
  if (tried.preflight.output !== 'same') return tried;
  const message = `All ${tried.preflight.runs} executions printed the same. Must every change print the same too?`;
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
  tools.say('It is part of the contract now: same_output.');
  const guards = { ...tried.contract.guards, same_output: true as const };
  const contract = checkContract({ ...tried.contract, guards }, draftFile(project));
  const guarded = { ...tried.preflight, output: 'agrees' as const, contract_hash: hashContract(contract) };
  return { ...tried, contract, preflight: guarded };
}

/** After a failure: whether there is something new to try. */
async function isWorthAnotherTry(scoping: Scoping): Promise<boolean> {
  const choices = [
    { name: 'change', message: 'change an answer' },
    { name: 'again', message: 'try the draft again (after you edited it, or mended the project)' },
    { name: 'leave', message: 'leave; the draft is kept' },
  ];
  const what = await ask<string>({ type: 'select', message: 'What now?', choices } as never);
  if (what === 'change') await change(scoping);
  return what !== 'leave';
}

/** Asks one question again, and those whose answers followed from it. */
async function change(scoping: Scoping): Promise<void> {
  const { repo, task, tools, found } = scoping;
  const draft: Draft = readDraft(repo.project)!;
  if (draft.isEdited) {
    tools.say(
      `You edited the draft, and it holds more than the answers: edit it further in ${draftFile(repo.project)}.`,
    );
    return;
  }
  const all = changeable(draft.answers, found, task);
  const shown = all.map(({ question, answer }) => ({
    name: question.id,
    message: `${question.message}  ${typeof answer === 'string' ? answer : answer.join(', ') || 'none'}`,
  }));
  const id = await askOrBack<string>({ type: 'select', message: 'Which answer?', choices: shown } as never);
  const picked = all.find(({ question }) => question.id === id);
  if (id === BACK || !picked) return;
  const answer = await answerTo({ ...picked.question, default: picked.answer as string | string[] }, tools);
  if (answer !== BACK) await answerFrom(changed(draft.answers, picked.question.id, answer), scoping);
}
