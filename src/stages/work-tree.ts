import { failure, isFailure } from '../core/errors.ts';
import { committedAt, movement } from '../git/branch.ts';
import { changes, isAfter } from '../git/changes.ts';
import { treeWith } from '../git/index-files.ts';
import { modesOf } from '../git/modes.ts';
import { runRef } from '../git/refs.ts';
import { revert } from '../git/revert.ts';
import { snapshot } from '../git/snapshot.ts';
import { undoCommits } from '../git/undo.ts';
import type { FactsOf } from '../record/effects.ts';
import { baseOf, tipOf } from '../record/history.ts';
import type { Run } from '../record/state.ts';
import { madeAfter } from './late-edits.ts';

const NS_PER_S = 1_000_000_000n;

/**
 * The newest commit that appeared on the run's branch during a fix. Null without one.
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
 * Checks that the branch still points to the commit `tip`, so that no other person's work is overwritten.
 * @throws branch_moved: the branch has a newer commit, or its history was rewritten
 * @throws branch_changed: another branch is checked out
 */
export async function mustStand(run: Run, tip: string): Promise<void> {
  const more = await commitsDuringFix(run, tip);
  if (more) throw failure('branch_moved', { branch: nameOf(branchOf(run)), expected: tip, found: more.found });
}

/** Whether the error is about a moved branch, or about another branch that is checked out. */
export const isMoved = (error: unknown) => isFailure(error, 'branch_moved') || isFailure(error, 'branch_changed');

const nameOf = (branch: string | null) => branch ?? 'detached HEAD';

/** The branch that the run works on; null on a detached HEAD. */
export const branchOf = ({ state }: Run) => state.git.branch ?? state.git.original_branch;

/**
 * Reverts the edits that an actor did not submit. Before, keeps these edits under a ref. Returns sentences about the reverted edits.
 * `life`: the time at which the actor's command ended, in ns since 1970. Changes after `life` belong to a person and stay. `life` is null
 * if a person or an agent edits without a command.
 * @throws branch_moved: a commit was made after the command had ended
 */
export async function takeBackEdits(run: Run, name: string, life: bigint | null): Promise<string[]> {
  // The journal records keeping and reverting as two steps.
  // If it was one step, perf-gate would repeat it after a crash during the revert, and keep half-reverted edits.
  const kept = await run.effect('keep', name, () => keep(run, { ref: runRef(run.state.run, `kept/${name}`), life }));
  const { told } = await run.effect('take-back', name, () => takeBack(run, kept));
  return told;
}

/** The kept edits. `before`: the state to which the work tree and the branch return. `stay`: the paths that keep their changes. */
type Kept = FactsOf<'keep'>;

async function keep(run: Run, { ref, life }: { ref: string; life: bigint | null }): Promise<Kept> {
  const { state, repo } = run;
  const base = baseOf(state);
  const tip = tipOf(state);
  const commits = await commitsDuringFix(run, tip);
  if (commits && life !== null && (await committedAt(repo, commits.found)) > life / NS_PER_S)
    throw failure('branch_moved', { branch: nameOf(branchOf(run)), expected: tip, found: commits.found });
  const message = `perf-gate: edits of ${state.run} that were not submitted`;
  const { tree } = await snapshot(repo, { ref, message, parent: base.commit });
  const late = life === null ? [] : madeAfter(repo, await changes(repo, base.tree, tree), life);
  // A removed file is always restored. Otherwise, a file that the unfinished fix removed would be missing from the base.
  return { ref, tree, commits, stay: late.filter(isAfter).map(({ path }) => path), before: { tip, tree: base.tree } };
}

async function takeBack(run: Run, kept: Kept): Promise<{ tip?: string; told: string[] }> {
  const { repo } = run;
  const { ref, tree, commits, before, stay } = kept;
  const all = await changes(repo, before.tree, tree);
  const late = all.filter(({ path }) => stay.includes(path));
  const lateNotes = late.map(
    ({ path }) => `${path} was changed after the command had ended, so the change counts as yours and stays.`,
  );
  if (all.length === late.length && !commits) return { told: lateNotes };
  const inverse = commits
    ? await undoCommits(repo, { branch: branchOf(run), tip: before.tip, found: commits.found })
    : null;
  const base = await treeWith(repo, before.tree, late);
  const modes = await modesOf(repo, baseOf(run.state).commit);
  const { left } = await revert(repo, { base, attempt: tree, tip: inverse?.commit ?? before.tip, modes });
  const told = [
    `Edits that were not submitted were reverted; they are kept as \`${ref}\`.`,
    ...lateNotes,
    ...(late.length > 0
      ? all.filter((c) => !isAfter(c)).map((c) => `${c.path} had been removed and was restored.`)
      : []),
    ...left.map((path) => `${path} was changed after that, so perf-gate did not revert it.`),
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
