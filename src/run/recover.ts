import { dirname, relative } from 'node:path';
import { exit, type GateError, isFailure } from '../core/errors.ts';
import { dropStale, type Holder } from '../core/lock.ts';
import { sweepStaging, sweepTemporary } from '../core/temporary-files.ts';
import { oneLine } from '../core/text.ts';
import { dropAbandoned } from '../experiment/arms-folder.ts';
import { leftLocks } from '../git/refs.ts';
import { dropDeadTurn } from '../measure/environment/machine-lock.ts';
import type { EffectName } from '../record/effects.ts';
import type { RunState } from '../record/state.ts';
import { isMoved } from '../stages/work-tree.ts';
import { abort } from './abort.ts';
import { attemptAtWork, endIfKilledTwice } from './interrupted.ts';
import { isLeft, leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';
import { publishSummary } from './publish.ts';
import { completeStart, startLock } from './start.ts';
import { undo } from './undo.ts';

/**
 * Removes the half-written files of a killed process, and records the crash. The next artifact reports this; after the end of a run,
 * `run.md` reports it. `died`: the killed process, as its lock names it.
 */
export function noteCrash(opened: OpenRun, died: Holder): void {
  const { paths, state, repo, world } = opened.run;
  const local = dirname(paths.local);
  const places = [paths.home, paths.dir, local, paths.local, paths.samples, paths.profiles, repo.gitDir];
  const halves = places.flatMap((dir) => sweepTemporary(dir, died.pid));
  sweepStaging(local);
  dropStale(startLock(repo));
  dropDeadTurn(world.env);
  dropAbandoned(world.env); // removes the copies of a pre-flight that no run took over
  const when = state.ended ? 'after the end of the run' : `in the stage ${state.stage}`;
  const told = [
    `\`perf-gate ${died.what}\` was killed ${when}; its recorded work was kept, and the rest was done again.`,
    ...halves.map((file) => `${relative(repo.root, file)} was half-written and is removed.`),
    ...leftLocks(repo, { run: state.run, branch: state.git.branch }).map(
      (file) => `${file} exists: remove it unless another git process is working here.`,
    ),
  ];
  for (const text of told) world.notify({ kind: 'note', text });
  const key = `crash-${Object.keys(state.done).length}`;
  const attempt = attemptAtWork(state);
  opened.record({ type: 'done', effect: 'recover', key, facts: { told, ...(attempt ? { attempt } : {}) } });
  publishSummary(opened);
}

/**
 * For each command of a person, a function that completes the command after it was killed. A killed stage needs no such function, because
 * the stage is repeated. A killed `finish` is not completed, because its options are unknown.
 */
const completions: Partial<Record<EffectName, (opened: OpenRun, key: string) => Promise<unknown>>> = {
  abort,
  undo: (opened, key) => undo(opened, Number(key.replace('attempt-', ''))),
};

/**
 * Completes interrupted work before a command continues the run: the start, a person's command, and the steps after the end. If perf-gate
 * was killed twice in one attempt, the run ends here. The state of the repository can prevent the completion. If it prevents the completion
 * of the start, the error stops the command. If it prevents a person's command, this command is given up. If it prevents the steps after
 * the end, the next command tries them again.
 */
export async function catchUp(opened: OpenRun): Promise<void> {
  await completeStart(opened);
  // a command that was killed twice has two intent lines in the journal, but must be completed only once
  const open = new Map(opened.run.state.open_intents.map((intent) => [`${intent.effect} ${intent.key}`, intent]));
  for (const { effect, key } of open.values())
    await unlessRefused(
      async () => completions[effect]?.(opened, key),
      (refusal) => giveUp(opened, { effect, key }, refusal),
    );
  await endIfKilledTwice(opened);
  if (opened.run.state.ended)
    await unlessRefused(
      () => leave(opened),
      ({ message }) => opened.run.world.notify({ kind: 'note', text: message }),
    );
}

async function unlessRefused(act: () => Promise<unknown>, refused: (refusal: GateError) => void): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refused(error);
  }
}

/**
 * Whether the error comes from the state of the repository, so that another try would fail too. Other errors, such as a full disk or a
 * failed program, can disappear.
 */
export const isRefusal = (error: unknown): error is GateError =>
  isMoved(error) || (isFailure(error) && error.exitCode === exit.user);

function giveUp(opened: OpenRun, gave_up: { effect: string; key: string }, { message }: GateError): void {
  const { state, world } = opened.run;
  const text = `“${gave_up.effect} ${gave_up.key}” was begun and cannot be completed, so it was given up: ${oneLine(message)}`;
  world.notify({ kind: 'note', text });
  const key = `gave-up-${Object.keys(state.done).length}`;
  opened.record({ type: 'done', effect: 'recover', key, facts: { told: [text], gave_up } });
  publishSummary(opened);
}

/** Whether the run has ended and nothing is left to complete. */
export const isOver = (state: RunState) =>
  isLeft(state) && !state.open_intents.some(({ effect }) => effect in completions);
