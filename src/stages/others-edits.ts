import { changes } from '../git/changes.ts';
import { treeWith } from '../git/index-files.ts';
import { runRef } from '../git/refs.ts';
import { snapshot, snapshotOf, workTree } from '../git/snapshot.ts';
import { allDone } from '../record/effects.ts';
import { baseOf, contractOf, hasContract, tipOf } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/**
 * Makes the edits of other people part of the base. An edit belongs to other people if it was made while perf-gate worked. It is not part
 * of an attempt, so it is neither committed nor reverted. With `isolation: in_place` no edit becomes part of the base, because the measured
 * program itself could have written the files. `name`: the key under which the journal records this step. `tree`: the base with the edits.
 * Without `tree`, the whole work tree becomes the base, so `tree` is needed if the work tree also holds an attempt.
 */
export async function takeInEdits(run: Run, name = String(run.state.epoch), tree?: string): Promise<void> {
  const { state, repo, world } = run;
  if (!hasContract(state) || contractOf(state).isolation === 'in_place') return;
  const before = baseOf(state);
  if ((tree ?? (await workTree(repo, before.commit))) === before.tree) return;
  const { base } = await run.effect('take-in', name, async () => {
    const ref = runRef(state.run, `bases/taken-in-${name}`);
    const message = `perf-gate: edits of others during ${state.run}`;
    const given = { ref, message, parent: before.commit };
    return { before, base: tree ? await snapshotOf(repo, tree, given) : await snapshot(repo, given) };
  });
  const paths = (await changes(repo, before.tree, base.tree)).map((change) => change.path);
  const text = `These files were changed while perf-gate was working, so the changes count as yours: ${paths.join(', ')}. The changes are in both arms, and are not committed.`;
  world.notify({ kind: 'note', text });
}

/**
 * The tracked files that hold edits of other people. The branch lacks these edits, so a commit of an attempt at such a file would also
 * contain them.
 */
export async function editedByOthers({ state, repo }: Run): Promise<Set<string>> {
  const differing = await changes(repo, tipOf(state), baseOf(state).tree);
  return new Set(differing.filter((change) => change.status !== 'added').map((change) => change.path));
}

/** The tree of the base without edits of other people: the state of the start plus the accepted changes. */
export async function withoutOthersEdits({ state, repo }: Run): Promise<string> {
  const taken = allDone(state, 'take-in');
  let { tree } = baseOf(state);
  for (const { before, base } of taken.reverse())
    tree = await treeWith(repo, tree, await changes(repo, base.tree, before.tree));
  return tree;
}
