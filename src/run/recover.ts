import { dirname, relative } from 'node:path';
import { sweepStaging, sweepTemporary } from '../core/debris.ts';
import { dropStale, type Holder } from '../core/lock.ts';
import { leftLocks } from '../git/refs.ts';
import type { EffectName } from '../record/effects.ts';
import type { RunState } from '../record/state.ts';
import { abort } from './abort.ts';
import { isLeft, leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';
import { publishSummary } from './publish.ts';
import { completeStart, startLock } from './start.ts';
import { undo } from './undo.ts';

/**
 * After a crash, before anything else: what a killed process left half-written goes, and the next artifact tells of it; after the end of
 * a run that is `run.md`. `died`: that process, as its lock tells.
 */
export function noteCrash(opened: OpenRun, died: Holder): void {
  const { paths, state, repo, world } = opened.run;
  const local = dirname(paths.local);
  const places = [paths.home, paths.dir, local, paths.local, paths.samples, paths.profiles, repo.gitDir];
  const halves = places.flatMap((dir) => sweepTemporary(dir, died.pid));
  sweepStaging(local);
  dropStale(startLock(repo));
  const when = state.ended ? 'after the end of the run' : `in the stage ${state.stage}`;
  const told = [
    `\`perf-gate ${died.what}\` was killed ${when}; what it had recorded was kept, and the rest was done again.`,
    ...halves.map((file) => `${relative(repo.root, file)} was half-written and is removed.`),
    ...leftLocks(repo, { run: state.run, branch: state.git.branch }).map(
      (file) => `${file} is there: remove it unless another git works here just now.`,
    ),
  ];
  for (const text of told) world.notify({ kind: 'note', text });
  const key = `crash-${Object.keys(state.done).length}`;
  opened.record({ type: 'done', effect: 'recover', key, facts: { told } });
  publishSummary(opened);
}

/**
 * What a person's command had begun when it was killed. A stage takes up its own effects by itself, and a `finish` is asked for again,
 * because its options are not known.
 */
const completions: Partial<Record<EffectName, (opened: OpenRun, key: string) => Promise<unknown>>> = {
  abort,
  undo: (opened, key) => undo(opened, Number(key.replace('attempt-', ''))),
};

/** Completes what was begun and not done, before anybody goes on with the run: its start, a person's command, and what follows its end. */
export async function catchUp(opened: OpenRun): Promise<void> {
  await completeStart(opened);
  // One that was killed twice has begun twice, and is completed once.
  const open = new Map(opened.run.state.open_intents.map((intent) => [`${intent.effect} ${intent.key}`, intent]));
  for (const { effect, key } of open.values()) await completions[effect]?.(opened, key);
  if (opened.run.state.ended) await leave(opened);
}

/** Whether there was nothing to catch up with: the run has ended, and so has all that follows. */
export const isOver = (state: RunState) =>
  isLeft(state) && !state.open_intents.some(({ effect }) => effect in completions);
