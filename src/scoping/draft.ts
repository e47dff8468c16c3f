import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { keepOutOfGit, refuseLinks } from '../artifact/own-folders.ts';
import { answersFile, draftFile } from '../artifact/paths.ts';
import { stringifyContract } from '../contract/parse.ts';
import type { ContractInput } from '../contract/schema/contract.ts';
import { removeFile, writeDurable } from '../core/fs.ts';
import { readText } from '../core/read-text.ts';
import { readUserText } from '../core/user-file.ts';
import type { Answers } from './interview/question.ts';

const schema = z.object({
  task: z.string(),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** The text of the contract that was made from the answers. If the draft's text differs from this text, a person has edited the draft. */
  text: z.string(),
});

/**
 * A contract that is not approved yet. `isEdited`: whether a person changed the draft's file. The text then does not follow from the
 * answers alone.
 */
export type Draft = { task: string; answers: Answers; text: string; isEdited: boolean };

/** Writes the draft before any command of the contract runs. A failure or an interruption therefore loses no answer. */
export function saveDraft(project: string, task: string, answers: Answers, contract: ContractInput): void {
  refuseLinks(project);
  keepOutOfGit(project);
  const text = `# A draft: edit it, or run \`perf-gate start\` to continue with it.\n${stringifyContract(contract)}`;
  writeDurable(draftFile(project), text);
  writeDurable(answersFile(project), JSON.stringify({ task, answers, text }));
}

/**
 * The draft of an earlier start. Null if no draft exists. If the answers of the draft cannot be read, the questions are asked again.
 * @throws file_unreadable
 */
export function readDraft(project: string): Draft | null {
  const file = draftFile(project);
  if (!existsSync(file)) return null;
  const text = readText(file);
  const read = schema.safeParse(parsed(answersFile(project)));
  if (!read.success) return { task: '', answers: {}, text, isEdited: true };
  return { task: read.data.task, answers: read.data.answers as Answers, text, isEdited: read.data.text !== text };
}

/** Replaces the text of the draft. The draft then counts as edited by a person. */
export function rewriteDraft(project: string, text: string): void {
  writeDurable(draftFile(project), text);
}

export function dropDraft(project: string): void {
  removeFile(draftFile(project));
  removeFile(answersFile(project));
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readUserText(file));
  } catch {
    return undefined;
  }
}
