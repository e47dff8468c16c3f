import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { remove } from '../core/fs.ts';
import { refuseSubmodules } from './accept.ts';
import { type Change, changes, isAfter } from './changes.ts';
import { freshFolder, refuseHolder } from './copy-tree.ts';
import { git, type Place } from './git.ts';
import { likeFrozen } from './like-frozen.ts';
import { followLink } from './links.ts';
import type { OnCopy } from './mirror.ts';
import { carryOut } from './work-tree.ts';

/**
 * The arm to make, and what it is made from. `frozen`: a frozen copy of the project, and the tree in this copy. `frozen` is null if the arm
 * is made from `tree` alone. `other`: the folder of the comparison's other arm, if any. `against`: the tree from which the other arm is
 * made, if any.
 */
type Origin = {
  dir: string;
  other?: string;
  frozen: { dir: string; tree: string } | null;
  tree: string;
  against?: string;
};

/**
 * Fills the arm's folder `dir` with exactly the files to be measured. With a frozen copy of the project, `dir` gets the copy with its
 * ignored files, plus the changes that lead from the copy's tree to `tree`. Without a copy, it gets exactly `tree`, with empty folders for
 * submodules. If a file differs between the arms, git writes the file in both arms. A filter from the repository's settings therefore
 * affects both. Files that git writes get new times, so that build tools notice them. All other files keep their times.
 * @throws submodule_moved
 * @throws arm_leads_back
 * @throws frozen_changed
 */
export async function prepareArm(repo: Place, origin: Origin, onCopy?: OnCopy): Promise<void> {
  const { dir, other, frozen, tree, against = tree } = origin;
  const toMake = await changes(repo, frozen?.tree ?? (await emptyTree(repo)), tree);
  const have = new Set(toMake.map(({ path }) => path));
  const both = frozen === null ? [] : (await changes(repo, against, tree)).filter(({ path }) => !have.has(path));
  const differing = [...toMake, ...both];
  if (frozen !== null) refuseSubmodules(differing);
  const changed = differing.filter((change) => !change.submodule);
  if (frozen === null) freshFolder(repo, dir);
  else {
    refuseHolder(repo, dir);
    const paths = changed.map(({ path }) => path);
    await likeFrozen(
      { dir, others: other === undefined ? [] : [other], project: repo.root, frozen: frozen.dir, changed: paths },
      onCopy,
    );
  }
  for (const change of changed) if (isAfter(change)) makeRoom(dir, change.path);
  await carryOut({ root: dir, gitDir: repo.gitDir }, changed, { keep: '', staging: null });
  refuseLinksBack(repo.root, dir, changed);
}

/** Removes copied ignored files from a path that the tree needs. The original files stay in the project. */
function makeRoom(dir: string, path: string): void {
  const names = path.split('/');
  names.forEach((_, i) => {
    const place = join(dir, ...names.slice(0, i + 1));
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found && found.isDirectory() === (i === names.length - 1)) remove(place);
  });
}

function refuseLinksBack(root: string, dir: string, changed: readonly Change[]): void {
  for (const { path, mode_to } of changed) {
    if (mode_to !== '120000') continue;
    const lead = followLink(root, path, readlinkSync(join(dir, path)));
    if (lead.to === 'back') throw failure('arm_leads_back', { path, target: lead.target });
  }
}

async function emptyTree(repo: Place): Promise<string> {
  return (await git(repo, ['hash-object', '-w', '-t', 'tree', '--stdin'], { input: '' })).trim();
}
