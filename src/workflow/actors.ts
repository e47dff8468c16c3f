import { existsSync } from 'node:fs';
import { type Answer, runActor } from '../agent/command.ts';
import { isFailure } from '../core/errors.ts';
import { move } from '../core/fs.ts';
import { attemptNumber } from '../stages/shared/history.ts';
import type { Run, RunState, Submission } from '../stages/shared/run.ts';
import { takeBackEdits } from '../stages/shared/work-tree.ts';
import { RECOVER } from './fold.ts';
import { readSubmission } from './submission.ts';

export type Brief = { text: string; file: string; draft: string };

/**
 * Lets the run's agent do an actor's stage: the command given for it is run; a list of hotspots that nobody was asked for is
 * the engine's own; else undefined: somebody will `submit`.
 */
export async function act(run: Run, brief: Brief, results: string[]): Promise<Submission | undefined> {
  const { options, stage } = run.state;
  const command = commandOf(run.state);
  if (command) {
    const read = () => readSubmission(brief.draft, run.state, results);
    const answer = await answerOf(run, command, { brief, read });
    return answer === 'done' ? read() : { ...read(), result: nothingDone(results) };
  }
  const takesDraft = stage === 'hotspots' && (options.yes || options.agent === 'command');
  return takesDraft ? readSubmission(brief.draft, run.state, results) : undefined;
}

/** The command that was given for the stage, if one was. */
export function commandOf({ stage, options }: RunState): string | null {
  const commands: Record<string, string | null> = { fix: options.fix_command, hotspots: options.propose_command };
  return commands[stage] ?? null;
}

/**
 * Runs the command of a stage, once: an answer that came before a crash is not asked for again. One that failed is, when the run
 * resumes.
 */
async function answerOf(run: Run, command: string, given: { brief: Brief; read(): unknown }): Promise<Answer> {
  const { brief, read } = given;
  const { stage } = run.state;
  const task = {
    run: run.state.run,
    stage,
    attempt: attemptNumber(run.state),
    project: run.repo.project,
    brief,
    draft: brief.draft,
  };
  let failed: unknown;
  const { answer } = await run.effect<{ answer: Answer | null }>(COMMAND, commandKey(run.state), async () => {
    try {
      const answer = await runActor(command, task, run.world, run.redact);
      read();
      return { answer };
    } catch (error) {
      if (!isFailure(error) || isFailure(error, 'interrupted')) throw error;
      failed = error;
      return { answer: null };
    }
  });
  if (answer === null) throw failed;
  return answer;
}

const COMMAND = 'command';

/** Names this try of the stage's command: one that failed is followed by another. */
function commandKey({ stage, epoch, done }: RunState): string {
  const key = (n: number) => `${stage}-${epoch}-${n}`;
  let n = 1;
  while ((done[`${COMMAND} ${key(n)}`] as { answer: Answer | null } | undefined)?.answer === null) n++;
  return key(n);
}

/**
 * A command that was killed in its middle is run again from its beginning: its edits are kept under a ref and taken back, its
 * draft is set aside. What a person or an agent of its own edits in the stage is never touched.
 */
export async function takeBackUnfinished(run: Run): Promise<void> {
  const { stage, open_intents } = run.state;
  const key = commandKey(run.state);
  const tries = open_intents.filter((i) => i.effect === COMMAND && i.key === key).length;
  if (tries === 0 || !commandOf(run.state)) return;
  const name = `unfinished-${key}-${tries}`;
  const { told } = await run.effect(RECOVER, name, async () => {
    const edits = stage === 'fix' ? await takeBackEdits(run, name) : [];
    const draft = run.paths.draft(stage);
    if (existsSync(draft)) move(draft, `${draft}.${name}`);
    return {
      told: [`The command of the stage ${stage} was stopped before its end, and run again from the start.`, ...edits],
    };
  });
  for (const text of told) run.world.tell({ kind: 'note', text });
}

/** What exit code 10 means in this stage. */
function nothingDone(results: string[]): string {
  return results.find((r) => r === 'skipped' || r === 'exhausted') ?? results.at(-1)!;
}
