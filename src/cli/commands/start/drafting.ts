import { draftFile } from '../../../artifact/paths.ts';
import type { Repo } from '../../../git/repo.ts';
import { type Draft, dropDraft, readDraft, saveDraft } from '../../../scoping/draft.ts';
import { contractFrom } from '../../../scoping/interview/contract-from.ts';
import { changeable, changed } from '../../../scoping/interview/interview.ts';
import type { Answers } from '../../../scoping/interview/question.ts';
import type { Recon } from '../../../scoping/recon/recon.ts';
import { ask, askOrBack, BACK } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';
import { answerAll, answerTo } from './interview.ts';

/** An interview in the terminal that drafts a contract. `found`: the facts that `recon` found in the project. */
export type Scoping = { task: string; repo: Repo; tools: Tools; found: Recon };

/**
 * Offers the draft that an earlier start left, and asks the questions that are still open. Returns false if no draft exists, or if the
 * person drops it.
 */
export async function goesOn(scoping: Scoping): Promise<boolean> {
  const { project } = scoping.repo;
  const draft = readDraft(project);
  if (draft === null) return false;
  const choices = [
    { name: 'on', message: 'use the draft' },
    ...(draft.isEdited ? [] : [{ name: 'change', message: 'use the draft, but change an answer' }]),
    { name: 'afresh', message: 'start over' },
  ];
  const whose = draft.task ? ` (“${draft.task}”${draft.isEdited ? ', with your edits' : ''})` : '';
  const message = `An earlier start left a draft of a contract${whose}. What now?`;
  const what = await ask<string>({ type: 'select', message, choices } as never);
  if (what === 'afresh') dropDraft(project);
  else if (what === 'change') await change(scoping);
  else if (!draft.isEdited) await answerFrom(draft.answers, scoping);
  return what !== 'afresh';
}

/** Asks the open questions, and writes the draft after every answer. */
export async function answerFrom(answers: Answers, { task, repo, tools, found }: Scoping): Promise<void> {
  const keep = (now: Answers) => saveDraft(repo.project, task, now, contractFrom(now, found, task));
  keep(await answerAll(answers, { found, task, tools, keep }));
}

/** Asks one question again, and then the questions that depend on its answer. */
export async function change(scoping: Scoping): Promise<void> {
  const { repo, task, tools, found } = scoping;
  const draft: Draft = readDraft(repo.project)!;
  if (draft.isEdited) {
    tools.say(
      `You edited the draft, so its answers can no longer be changed in this interview. Edit the file instead: ${draftFile(repo.project)}.`,
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
