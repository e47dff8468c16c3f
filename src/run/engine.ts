import { existsSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { readText } from '../core/read-text.ts';
import { type EffectName, everywhere, type Facts } from '../record/definition.ts';
import { attemptIsOpen, attemptNumber, queueOf } from '../record/history.ts';
import { goalMet, limitReached } from '../record/limits.ts';
import { step } from '../record/machine.ts';
import { sealIntact } from '../record/seal.ts';
import { stageFacts } from '../record/stages.ts';
import type { Outcome, RunState, RunView, Submission } from '../record/state.ts';
import { stageOf } from '../stages/index.ts';
import { takeInEdits } from '../stages/others-edits.ts';
import { attemptEffects } from '../stages/settle-attempt.ts';
import { isMoved } from '../stages/work-tree.ts';
import { act, doerOf, takeBackUnfinished } from './actors.ts';
import { mustBeApprovedHere } from './approval.ts';
import { isCurrentDraft, readSubmission, redactDraft, writeBrief } from './drafts.ts';
import { publishHookState } from './hook-state.ts';
import { leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';
import { publish, publishSummary } from './publish.ts';

/** Why perf-gate stopped working on the run: the run has ended, is paused, or waits for an actor. `brief`: the text for the actor. */
export type Stop =
  | { kind: 'ended'; end: string }
  | { kind: 'paused' }
  | { kind: 'waiting'; stage: string; brief: string; draft: string };

/**
 * Drives the run until it ends, is paused, or waits for an actor. perf-gate does its own stages. For an actor's stage, perf-gate calls the
 * run's command or agent, if the run has one for this stage.
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
    if (by === 'engine' && !attemptIsOpen(state)) await sealIntact(run);
    const stage = stageOf(state.stage, by);
    if ('perform' in stage) {
      await settle(opened, () => stage.perform(run), started);
      continue;
    }
    await escalateOnMove(opened, () => takeBackUnfinished(run), started);
    if (run.state.ended) continue;
    if (handsOver(opened)) await takeInEdits(run);
    const brief = await writeBrief(run, workflow);
    const answer = await act(run, brief, Object.keys(workflow.definition.stages[state.stage]!.results));
    if (!answer) {
      publishHookState(run, workflow.definition);
      return { kind: 'waiting', stage: state.stage, brief: brief.text, draft: run.paths.draft(state.stage) };
    }
    await settle(opened, () => stage.receive(run, answer), started);
    redactDraft(run, answer);
  }
}

/** The reason why `advance` stopped a run on which no process works. Undefined if `advance` has work to do. Only reads. */
export function standing({ state, paths }: Pick<RunView, 'state' | 'paths'>): Stop | undefined {
  if (state.ended) return { kind: 'ended', end: state.ended };
  if (state.paused) return { kind: 'paused' };
  const [draft, brief] = [paths.draft(state.stage), paths.brief(state.stage)];
  if (!isCurrentDraft(draft, state.epoch) || !existsSync(brief)) return undefined;
  return { kind: 'waiting', stage: state.stage, brief: readText(brief), draft };
}

/** Whether the run passes from perf-gate to an actor now: perf-gate did the last stage, and the current stage has no brief yet. */
function handsOver({ run, workflow }: OpenRun): boolean {
  const { steps, stage, epoch } = run.state;
  const last = steps.at(-1);
  const engines = last !== undefined && workflow.definition.stages[last.stage]?.by === 'engine';
  return engines && !attemptIsOpen(run.state) && !isCurrentDraft(run.paths.draft(stage), epoch);
}

function settle(opened: OpenRun, act: () => Promise<Outcome>, started: string): Promise<void> {
  return escalateOnMove(opened, async () => conclude(opened, await act(), started), started);
}

/**
 * Calls `act`. If another process or person has moved the branch, ends the run as escalated. perf-gate then changes nothing, and a person
 * must decide.
 */
export async function escalateOnMove(opened: OpenRun, act: () => Promise<void>, started: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isMoved(error)) throw error;
    const reason = `${(error as Error).message} The attempt is kept under refs/perf-gate/${opened.run.state.run}/.`;
    await conclude(opened, { result: 'escalate', data: { reason }, values: {} }, started);
  }
}

/**
 * Submits an actor's artifact: validates it, writes the numbered artifact, and makes the transition.
 * @throws wrong_stage, artifact_missing, artifact_invalid, artifact_stale
 */
export async function submit(opened: OpenRun, file: string): Promise<void> {
  const { run, workflow } = opened;
  const definition = workflow.definition.stages[run.state.stage]!;
  const stage = stageOf(run.state.stage, definition.by);
  if ('perform' in stage)
    throw failure('wrong_stage', {
      command: 'submit',
      stage: run.state.stage,
      needs: 'a stage that a person or an agent does, but perf-gate itself does this stage (`perf-gate next`)',
    });
  const submission: Submission = readSubmission(file, run.state, Object.keys(definition.results));
  await settle(opened, () => stage.receive(run, submission), run.world.clock.now());
  redactDraft(run, submission);
  // the next brief and draft are written now, for an actor that continues without calling `next`
  if (workflow.definition.stages[run.state.stage]?.by === 'actor' && !doerOf(run)) await writeBrief(run, workflow);
}

/**
 * Ends a stage with a result: decides the transition, commits or reverts the open attempt if the transition says so, and writes the
 * artifact. Last, it writes one line to the journal. The stage has ended only when this line is written.
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

/** The fields of the journal line if the stage ends without an artifact. */
const nothing = { artifact: null, artifact_hash: null };

/** Whether the result leads to a commit of the open attempt. */
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
        // this entry makes `goalMet` treat the open attempt as committed
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
