import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, runActor, type Task } from '../agent/command.ts';
import { isFailure } from '../core/errors.ts';
import { killProcess } from '../core/exec.ts';
import { move, touch } from '../core/fs.ts';
import { processesWith } from '../core/processes.ts';
import { doneFacts, effects } from '../record/effects.ts';
import { attemptNumber } from '../record/history.ts';
import { programOf } from '../record/program.ts';
import { stageFacts } from '../record/stages.ts';
import type { Run, RunState, Submission } from '../record/state.ts';
import { lifeOf, takeInLateEdits } from '../stages/late-edits.ts';
import { takeInEdits } from '../stages/others-edits.ts';
import { bringBackIgnored } from '../stages/unseen.ts';
import { takeBackEdits } from '../stages/work-tree.ts';
import { type Brief, readSubmission } from './drafts.ts';
import { agentOf } from './headless.ts';

/**
 * Does an actor's stage without a person. The run's command or headless agent does the stage, or the draft is submitted unchanged. Returns
 * undefined if the stage waits for a `submit`.
 */
export async function act(run: Run, brief: Brief, results: string[]): Promise<Submission | undefined> {
  const { options, stage } = run.state;
  const doer = doerOf(run);
  if (doer) {
    const read = () => readSubmission(brief.draft, run.state, results);
    const answer = await answerOf(run, doer, { brief, read });
    return answer === 'done' ? read() : { ...read(), result: nothingDone(results) };
  }
  const takesDraft = stageFacts(stage).draftSuffices && (options.yes || options.agent === 'command');
  return takesDraft ? readSubmission(brief.draft, run.state, results) : undefined;
}

/** A function that runs the program for a stage. The program is killed when this process ends. */
type Doer = (run: Run, task: Task, key: string) => Promise<{ answer: Answer }>;

/** The function that runs the stage's program. Null without a program. */
export function doerOf(run: Run): Doer | null {
  const program = programOf(run.state);
  if (program === null) return null;
  if ('agent' in program) return agentOf(run, program.agent);
  return async ({ world, redact }, task) => ({ answer: await runActor(program.command, task, world, redact) });
}

/**
 * Runs the stage's program once. If the program ended before a crash of perf-gate, it is not run again. If the program failed, the next
 * `resume` runs it again.
 */
async function answerOf(run: Run, doer: Doer, given: { brief: Brief; read(): unknown }): Promise<Answer> {
  const { brief, read } = given;
  const { stage } = run.state;
  const task = {
    run: run.state.run,
    stage,
    attempt: attemptNumber(run.state),
    project: run.repo.project,
    brief,
    draft: brief.draft,
    aliveFile: run.paths.alive(stage),
  };
  let failed: unknown;
  const key = commandKey(run.state);
  // if the program ended before a crash, edits that a person has made since then become part of the base
  if (doneFacts(run.state, 'command', key) && stageFacts(stage).editsProject) await takeInLateEdits(run, key);
  const { answer } = await run.effect('command', key, async () => {
    try {
      const answered = await doer(run, task, key);
      await endWhatIsLeft(run);
      touch(task.aliveFile);
      read();
      return answered;
    } catch (error) {
      if (!isFailure(error) || isFailure(error, 'interrupted')) throw error;
      failed = error;
      return { answer: null };
    }
  });
  if (answer === null) throw failed;
  return answer;
}

/** How long perf-gate waits for processes that a command left running, in ms. */
const GRACE_MS = 100;

/**
 * Ends the processes that a command left running. Such a process could disturb a measurement, or do part of the candidate's work before the
 * measurement.
 */
async function endWhatIsLeft({ state, paths, world }: Run): Promise<void> {
  // the full path of the brief identifies the processes; a run's name would not, because a run of another project can have the same name
  const running = () => processesWith(`PERF_GATE_BRIEF=${paths.brief(state.stage)}`);
  if (running().length === 0) return;
  await pause(GRACE_MS);
  const left = running();
  for (const { pid } of left) killProcess(pid);
  const names = left.map((p) => p.name).join(', ');
  if (names)
    world.notify({ kind: 'note', text: `The command left processes running, which perf-gate ended: ${names}.` });
}

/** The key under which the journal records the next execution of the stage's command. After a failed execution, the key is a new one. */
function commandKey(state: RunState): string {
  const key = (n: number) => effects.command.key(state.stage, state.epoch, n);
  let n = 1;
  while (doneFacts(state, 'command', key(n))?.answer === null) n++;
  return key(n);
}

/**
 * Prepares to run a killed command again: keeps the command's edits under a git ref, reverts them, and renames its draft. Edits of a
 * person, or of an agent that calls `submit`, stay as they are. If a person edited files after the command had died, these edits become
 * part of the base.
 */
export async function takeBackUnfinished(run: Run): Promise<void> {
  const { stage, open_intents } = run.state;
  const key = commandKey(run.state);
  const tries = open_intents.filter((i) => i.effect === 'command' && i.key === key).length;
  if (tries === 0 || !doerOf(run)) return;
  const name = `unfinished-${key}-${tries}`;
  const { told } = await run.effect('recover', name, async () => {
    const edits = stageFacts(stage).editsProject
      ? [...(await bringBackIgnored(run)), ...(await takeBackEdits(run, name, lifeOf(run)))]
      : [];
    const draft = run.paths.draft(stage);
    if (existsSync(draft)) move(draft, `${draft}.${name}`);
    return {
      told: [`The command of the stage ${stage} was interrupted, and run again from the start.`, ...edits],
    };
  });
  for (const text of told) run.world.notify({ kind: 'note', text });
  if (stageFacts(stage).editsProject) await takeInEdits(run, name);
}

/** The stage's result if the program reports `skipped`. */
function nothingDone(results: string[]): string {
  return results.find((r) => r === 'skipped' || r === 'exhausted') ?? results.at(-1)!;
}
