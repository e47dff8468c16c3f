import { failure, isFailure } from '../core/errors.ts';
import { movement } from '../git/branch.ts';
import { changes } from '../git/changes.ts';
import { runRef } from '../git/refs.ts';
import { revert } from '../git/revert.ts';
import { snapshot } from '../git/snapshot.ts';
import { undoCommits } from '../git/undo.ts';
import { baseOf, tipOf } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/**
 * The newest commit that appeared on the run's branch during a fix; null if there is none.
 * @throws branch_moved: the branch's history was rewritten
 * @throws branch_changed: another branch is checked out
 */
export async function commitsDuringFix(run: Run, tip: string): Promise<{ found: string } | null> {
  const { found, branch, ...now } = await movement(run.repo, { branch: branchOf(run), tip });
  if (now.branch_changed) throw failure('branch_changed', { expected: nameOf(branchOf(run)), found: nameOf(branch) });
  if (!now.ancestor) throw failure('branch_moved', { branch: nameOf(branch), expected: tip, found });
  return now.moved ? { found } : null;
}

/**
 * Checks that the branch still stands at `tip`, so that nothing is undone over the work of somebody else.
 * @throws branch_moved: there is a newer commit, or the history was rewritten
 * @throws branch_changed: another branch is checked out
 */
export async function mustStand(run: Run, tip: string): Promise<void> {
  const more = await commitsDuringFix(run, tip);
  if (more) throw failure('branch_moved', { branch: nameOf(branchOf(run)), expected: tip, found: more.found });
}

/** Whether somebody moved the branch, or checked out another one. */
export const isMoved = (error: unknown) => isFailure(error, 'branch_moved') || isFailure(error, 'branch_changed');

const nameOf = (branch: string | null) => branch ?? 'detached HEAD';

/** The branch that the run works on; null on a detached HEAD. */
export const branchOf = ({ state }: Run) => state.git.branch ?? state.git.original_branch;

/**
 * Takes back edits that an actor left in the work tree without handing them in, after keeping them under a ref. Returns sentences about
 * what was done; empty if there were no edits.
 */
export async function takeBackEdits(run: Run, name: string): Promise<string[]> {
  // Two effects: after a crash in the second, the first must not run again and keep half-reverted edits.
  const kept = await run.effect('keep', name, () => keep(run, runRef(run.state.run, `kept/${name}`)));
  const { told } = await run.effect('take-back', name, () => takeBack(run, kept));
  return told;
}

/** Edits that were kept. `before`: the state that the work tree and the branch go back to. */
type Kept = { ref: string; tree: string; commits: { found: string } | null; before: { tip: string; tree: string } };

async function keep(run: Run, ref: string): Promise<Kept> {
  const { state, repo } = run;
  const base = baseOf(state);
  const tip = tipOf(state);
  const commits = await commitsDuringFix(run, tip);
  const message = `perf-gate: edits of ${state.run} that were not handed in`;
  const { tree } = await snapshot(repo, { ref, message, parent: base.commit });
  return { ref, tree, commits, before: { tip, tree: base.tree } };
}

async function takeBack(run: Run, kept: Kept): Promise<{ tip?: string; told: string[] }> {
  const { repo } = run;
  const { ref, tree, commits, before } = kept;
  if ((await changes(repo, before.tree, tree)).length === 0 && !commits) return { told: [] };
  const inverse = commits
    ? await undoCommits(repo, { branch: branchOf(run), tip: before.tip, found: commits.found })
    : null;
  const { left } = await revert(repo, { base: before.tree, attempt: tree, tip: inverse?.commit ?? before.tip });
  const told = [
    `Edits that were not handed in were taken back; they are kept as \`${ref}\`.`,
    ...left.map((path) => `${path} was changed since and left alone.`),
  ];
  return { ...(inverse ? { tip: inverse.commit } : {}), told };
}

/** Takes a snapshot of the work tree under a ref of the run, and returns its tree. */
export async function treeNow({ state, repo }: Run): Promise<string> {
  const taken = await snapshot(repo, {
    ref: runRef(state.run, 'frozen'),
    message: `perf-gate: frozen for ${state.run}`,
    parent: baseOf(state).commit,
  });
  return taken.tree;
}
