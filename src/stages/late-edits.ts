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
 * Until when the last command of the run's stage ran, in ns since 1970; 0 if none began. What changed later was changed by a person: the
 * command was dead.
 */
export function lifeOf({ paths, state }: Run): bigint {
  return lstatSync(paths.alive(state.stage), { bigint: true, throwIfNoEntry: false })?.ctimeNs ?? 0n;
}

/** The same where a program does the stage; null where a person or an agent edits by hand, so that no end is known. */
export function lifeOfActor(run: Run): bigint | null {
  return programOf(run.state) === null ? null : lifeOf(run);
}

/**
 * The changes of the work tree whose file changed later than `life` (ns). A file that is gone has no time of its own: its folder's counts, so
 * that in doubt a removal is a person's.
 */
export function madeAfter(repo: Place, changed: readonly Change[], life: bigint): Change[] {
  return changed.filter(({ path }) => changedNs(repo.root, path) > life);
}

function changedNs(root: string, path: string): bigint {
  const found = lstatSync(join(root, path), { bigint: true, throwIfNoEntry: false });
  if (found) return found.ctimeNs;
  return path === '.' ? 0n : changedNs(root, dirname(path));
}

/** Makes what a person edited after the stage's command had ended part of the base. `name` names the effect. */
export async function takeInLateEdits(run: Run, name: string): Promise<void> {
  const { repo, state } = run;
  const base = baseOf(state);
  const now = await workTree(repo, base.commit);
  const late = madeAfter(repo, await changes(repo, base.tree, now), lifeOf(run));
  if (late.length > 0) await takeInEdits(run, name, await treeWith(repo, base.tree, late));
}
