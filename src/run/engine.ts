import { existsSync, readFileSync } from 'node:fs';
import { fill } from '../artifact/artifact.ts';
import { formatFrontmatter } from '../artifact/frontmatter.ts';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { type EffectName, everywhere, type Facts } from '../record/definition.ts';
import { attemptIsOpen, attemptNumber, queueOf } from '../record/history.ts';
import { goalMet, limitReached } from '../record/limits.ts';
import { step } from '../record/machine.ts';
import { sealIntact } from '../record/seal.ts';
import { stageFacts } from '../record/stages.ts';
import type { Outcome, Run, RunState, RunView, Submission } from '../record/state.ts';
import { stageOf } from '../stages/index.ts';
import { takeInEdits } from '../stages/others-edits.ts';
import { attemptEffects } from '../stages/settle-attempt.ts';
import { isMoved } from '../stages/work-tree.ts';
import { act, doerOf, takeBackUnfinished } from './actors.ts';
import { mustBeApprovedHere } from './approval.ts';
import { isCurrentDraft } from './current-draft.ts';
import { publishHookState } from './hook-state.ts';
import { leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';
import { publish, publishSummary } from './publish.ts';
import { readSubmission } from './submission.ts';

/** Why the engine stopped: the run ended, is paused, or waits for an actor, whose brief is given. */
export type Stop =
  | { kind: 'ended'; end: string }
  | { kind: 'paused' }
  | { kind: 'waiting'; stage: string; brief: string; draft: string };

/**
 * Drives the run until it ends, is paused, or waits for somebody: performs the engine's stages, and lets the run's agent do
 * the actors' stages where it can.
 */
export async function advance(opened: OpenRun): Promise<Stop> {
  const { run, workflow } = opened;
  for (;;) {
    const { state } = run;
    if (state.ended) return { kind: 'ended', end: state.ended };
    if (state.paused) return { kind: 'paused' };
    if (run.world.signal.aborted) throw failure('interrupted');
    const started = run.world.clock.now();
    run.world.notify({ kind: 'stage', stage: state.stage, epoch: state.epoch, attempt: attemptNumber(state) });
    const { by } = workflow.definition.stages[state.stage]!;
    mustBeApprovedHere(run, {
      runs: by === 'engine' || (!stageFacts(state.stage).asksApproval && doerOf(run) !== null),
    });
    if (by === 'engine' && !attemptIsOpen(state)) sealIntact(run);
    const stage = stageOf(state.stage, by);
    if ('perform' in stage) {
      await settle(opened, () => stage.perform(run), started);
      continue;
    }
    await escalateOnMove(opened, () => takeBackUnfinished(run), started);
    if (run.state.ended) continue;
    if (handsOver(opened)) await takeInEdits(run);
    const brief = await prepare(opened);
    const answer = await act(run, brief, Object.keys(workflow.definition.stages[state.stage]!.results));
    if (!answer) {
      publishHookState(run, workflow.definition);
      return { kind: 'waiting', stage: state.stage, brief: brief.text, draft: run.paths.draft(state.stage) };
    }
    await settle(opened, () => stage.receive(run, answer), started);
    redactDraft(run, answer);
  }
}

/** Where a run stands that no process works on, as `advance` left it; undefined if `advance` has something to do. Reads only. */
export function standing({ state, paths }: Pick<RunView, 'state' | 'paths'>): Stop | undefined {
  if (state.ended) return { kind: 'ended', end: state.ended };
  if (state.paused) return { kind: 'paused' };
  const [draft, brief] = [paths.draft(state.stage), paths.brief(state.stage)];
  if (!isCurrentDraft(draft, state.epoch) || !existsSync(brief)) return undefined;
  return { kind: 'waiting', stage: state.stage, brief: readFileSync(brief, 'utf8'), draft };
}

/** Whether the engine hands over to an actor just now: it did the last stage, and nobody was briefed in this one yet. */
function handsOver({ run, workflow }: OpenRun): boolean {
  const { steps, stage, epoch } = run.state;
  const last = steps.at(-1);
  const engines = last !== undefined && workflow.definition.stages[last.stage]?.by === 'engine';
  return engines && !attemptIsOpen(run.state) && !isCurrentDraft(run.paths.draft(stage), epoch);
}

function settle(opened: OpenRun, act: () => Promise<Outcome>, started: string): Promise<void> {
  return escalateOnMove(opened, async () => conclude(opened, await act(), started), started);
}

/** A branch that somebody moved meanwhile ends the run: nothing is undone over it, and a person must look. */
export async function escalateOnMove(opened: OpenRun, act: () => Promise<void>, started: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isMoved(error)) throw error;
    const reason = `${(error as Error).message} The attempt is kept under refs/perf-gate/${opened.run.state.run}/.`;
    await conclude(opened, { result: 'escalate', data: { reason }, values: {} }, started);
  }
}

/** Hands in an actor's artifact: validates it, writes the numbered artifact, and makes the transition. */
export async function submit(opened: OpenRun, file: string): Promise<void> {
  const { run, workflow } = opened;
  const definition = workflow.definition.stages[run.state.stage]!;
  const stage = stageOf(run.state.stage, definition.by);
  if ('perform' in stage)
    throw failure('wrong_stage', {
      command: 'submit',
      stage: run.state.stage,
      needs: '`perf-gate next`: the engine does this stage',
    });
  const submission: Submission = readSubmission(file, run.state, Object.keys(definition.results));
  await settle(opened, () => stage.receive(run, submission), run.world.clock.now());
  redactDraft(run, submission);
  // So that the answer to what comes next can be handed in at once, by whoever knows it.
  if (workflow.definition.stages[run.state.stage]?.by === 'actor' && !doerOf(run)) await prepare(opened);
}

/** What an actor wrote into its draft is kept, without what is secret. A file of its own is not touched. */
function redactDraft({ paths, redact }: Run, { file }: Submission): void {
  if (!file.startsWith(paths.local)) return;
  const text = readFileSync(file, 'utf8');
  const safe = redact(text);
  if (safe !== text) writeDurable(file, safe);
}

/** Writes the brief and the draft of the actor's stage, and gives the brief back. A draft that somebody began is kept. */
async function prepare(opened: OpenRun): Promise<{ text: string; file: string; draft: string }> {
  const { run, workflow } = opened;
  const { state, paths } = run;
  const stage = stageOf(state.stage, 'actor');
  if ('perform' in stage)
    throw failure('wrong_stage', { command: 'brief', stage: state.stage, needs: '`perf-gate next`' });
  const { values, draft, body } = await stage.prepare(run);
  const head = { run: state.run, stage: state.stage, epoch: state.epoch, attempt: attemptNumber(state) };
  const file = paths.draft(state.stage);
  if (!isCurrentDraft(file, state.epoch))
    writeDurable(file, run.redact(formatFrontmatter({ ...head, ...draft }, body)));
  const text = fill(workflow.instructions[state.stage]!, { ...head, task: state.task, draft: file, ...values });
  writeDurable(paths.brief(state.stage), run.redact(text));
  return { text, file: paths.brief(state.stage), draft: file };
}

/**
 * What a result leads to: decides the transition, carries out its effects on the open attempt, writes the artifact, and makes
 * it all real with one journal line.
 */
export async function conclude(opened: OpenRun, outcome: Outcome, startedAt: string): Promise<void> {
  const { run, machine, workflow } = opened;
  const { state } = run;
  const facts = factsAfter(state, outcome, willCommit(opened, outcome.result), run.world.clock.now());
  const next = step(machine, state, { type: outcome.result, facts });
  if (!next)
    throw failure('wrong_stage', {
      command: outcome.result,
      stage: state.stage,
      needs: `one of ${Object.keys(workflow.definition.stages[state.stage]!.results).join(', ')}`,
    });
  const done: Partial<Record<EffectName, object>> = {};
  for (const name of next.effects) done[name] = await attemptEffects[name](run, outcome);
  const published = outcome.result in everywhere ? nothing : publish(opened, outcome, done, startedAt, next.stage);
  opened.record({
    type: 'transition',
    stage: state.stage,
    epoch: state.epoch,
    attempt: attemptNumber(state),
    result: outcome.result,
    to: next.stage,
    facts,
    ...published,
    data: outcome.data,
    effects: done,
  });
  if (run.state.ended) await leave(opened);
  else publishSummary(opened);
}

/** Of a stage that is left before it came to a result. */
const nothing = { artifact: null, artifact_hash: null };

/** Whether the result, wherever it leads, keeps the open attempt: the goal is asked after the commit. */
function willCommit(opened: OpenRun, result: string): boolean {
  const targets = opened.workflow.definition.stages[opened.run.state.stage]?.results[result] ?? [];
  return targets.some((t) => t.do === 'commit');
}

function factsAfter(state: RunState, outcome: Outcome, commits: boolean, now: string): Facts {
  const after: RunState = {
    ...state,
    steps: [
      ...state.steps,
      {
        stage: state.stage,
        epoch: state.epoch,
        attempt: attemptNumber(state),
        result: outcome.result,
        to: '',
        at: now,
        ...nothing,
        data: outcome.data,
        // The goal is asked after the commit, which is about to be made.
        effects: commits ? { commit: { commit: null, base: state.git.base, told: [] } } : {},
      },
    ],
  };
  return {
    hotspots_left: queueOf(after).length > 0,
    at_limit: limitReached(after, now) !== null,
    goal_met: goalMet(after),
    unattended: state.options.yes,
    attempt_open: attemptIsOpen(state),
  };
}
