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

/** A scoping in the terminal: what was found, and the draft as it lies on the disk. */
export type Scoping = { task: string; repo: Repo; tools: Tools; found: Recon };

/** Whether the person goes on from the draft of an earlier start; its open questions are asked, and any answer can be changed first. */
export async function goesOn(scoping: Scoping): Promise<boolean> {
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
export async function answerFrom(answers: Answers, { task, repo, tools, found }: Scoping): Promise<void> {
  const keep = (now: Answers) => saveDraft(repo.project, task, now, contractFrom(now, found, task));
  keep(await answerAll(answers, { found, task, tools, keep }));
}

/** Asks one question again, and those whose answers followed from it. */
export async function change(scoping: Scoping): Promise<void> {
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
