import { existsSync } from 'node:fs';
import { fill, readArtifact } from '../artifact/artifact.ts';
import { formatFrontmatter } from '../artifact/frontmatter.ts';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { readUserText } from '../core/user-file.ts';
import { attemptNumber } from '../record/history.ts';
import type { Run, RunState, Submission } from '../record/state.ts';
import type { Workflow } from '../record/workflow.ts';
import { stageOf } from '../stages/index.ts';

/** The brief for an actor. `file`: the file that holds the brief. `draft`: the path of the draft that the actor completes and submits. */
export type Brief = { text: string; file: string; draft: string };

/** Writes the brief and the draft of the actor's stage. If the actor has begun a draft, the draft is not overwritten. */
export async function writeBrief(run: Run, { instructions }: Workflow): Promise<Brief> {
  const { state, paths } = run;
  const stage = stageOf(state.stage, 'actor');
  if ('perform' in stage)
    throw failure('wrong_stage', { command: 'brief', stage: state.stage, needs: '`perf-gate next`' });
  const { values, draft, body } = await stage.prepare(run);
  const head = { run: state.run, stage: state.stage, epoch: state.epoch, attempt: attemptNumber(state) };
  const file = paths.draft(state.stage);
  if (!isCurrentDraft(file, state.epoch))
    writeDurable(file, run.redact(formatFrontmatter({ ...head, ...draft }, body)));
  const text = fill(instructions[state.stage]!, { ...head, task: state.task, draft: file, ...values });
  writeDurable(paths.brief(state.stage), run.redact(text));
  return { text, file: paths.brief(state.stage), draft: file };
}

/** Whether the draft exists and belongs to the run's current epoch. */
export function isCurrentDraft(file: string, epoch: number): boolean {
  try {
    return new RegExp(`^epoch: ${epoch}$`, 'm').test(readUserText(file));
  } catch {
    return false;
  }
}

/**
 * Reads the artifact that an actor submits.
 * @throws artifact_missing
 * @throws artifact_invalid: a field is wrong, such as another run or an unknown result
 * @throws artifact_stale: the artifact was made for an earlier epoch
 */
export function readSubmission(file: string, state: RunState, results: string[]): Submission {
  if (!existsSync(file)) throw failure('artifact_missing', { file });
  const { data, body } = readArtifact(file);
  const wrong = (field: string, expected: string) =>
    failure('artifact_invalid', {
      file,
      field,
      expected,
      found: data[field] === undefined ? 'nothing' : JSON.stringify(data[field]),
    });
  if (data.run !== undefined && data.run !== state.run) throw wrong('run', state.run);
  if (data.stage !== state.stage) throw wrong('stage', state.stage);
  if (data.epoch !== state.epoch)
    throw failure('artifact_stale', { file, found: JSON.stringify(data.epoch ?? 'missing'), epoch: state.epoch });
  if (typeof data.result !== 'string' || !results.includes(data.result))
    throw wrong('result', `one of ${results.join(', ')}`);
  return { file, result: data.result, draft: data, body };
}

/**
 * Removes secrets from the draft that an actor has submitted. If the actor submitted another file instead of the draft, that file is not
 * touched.
 */
export function redactDraft({ paths, redact }: Run, { file }: Submission): void {
  if (!file.startsWith(paths.local)) return;
  const text = readUserText(file);
  const safe = redact(text);
  if (safe !== text) writeDurable(file, safe);
}
