import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Change, changes } from '../git/changes.ts';
import type { Place } from '../git/git.ts';
import { treeWith } from '../git/index-files.ts';
import { workTree } from '../git/snapshot.ts';
import { baseOf } from '../record/history.ts';
import { programOf } from '../record/program.ts';
import type { Run } from '../record/state.ts';
import { takeInEdits } from './others-edits.ts';

/**
 * The time at which the last command of the run's stage ended, in ns since 1970. 0 if no command began. Changes after this time were made
 * by a person.
 */
export function lifeOf({ paths, state }: Run): bigint {
  return lstatSync(paths.alive(state.stage), { bigint: true, throwIfNoEntry: false })?.ctimeNs ?? 0n;
}

/** The time at which the program that does the stage ended, in ns since 1970. Null if a person or an agent edits without such a program. */
export function lifeOfActor(run: Run): bigint | null {
  return programOf(run.state) === null ? null : lifeOf(run);
}

/**
 * The changes in the work tree that were made after the time `life`, in ns since 1970. A removed file has no time, so the last change of
 * its folder counts. So a file that was removed before `life` can still be among the changes.
 */
export function madeAfter(repo: Place, changed: readonly Change[], life: bigint): Change[] {
  return changed.filter(({ path }) => changedNs(repo.root, path) > life);
}

function changedNs(root: string, path: string): bigint {
  const found = lstatSync(join(root, path), { bigint: true, throwIfNoEntry: false });
  if (found) return found.ctimeNs;
  return path === '.' ? 0n : changedNs(root, dirname(path));
}

/**
 * If a person edited files after the stage's command had ended, makes these edits part of the base. `name`: the key under which the journal
 * records this step.
 */
export async function takeInLateEdits(run: Run, name: string): Promise<void> {
  const { repo, state } = run;
  const base = baseOf(state);
  const now = await workTree(repo, base.commit);
  const late = madeAfter(repo, await changes(repo, base.tree, now), lifeOf(run));
  if (late.length > 0) await takeInEdits(run, name, await treeWith(repo, base.tree, late));
}
