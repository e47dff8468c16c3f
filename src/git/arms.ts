import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { remove } from '../core/fs.ts';
import { refuseSubmodules } from './accept.ts';
import { type Change, changes, isAfter } from './changes.ts';
import { copyEntry, freshFolder, walk } from './copy-tree.ts';
import { git, type Place } from './git.ts';
import { followLink } from './links.ts';
import { carryOut } from './work-tree.ts';

/**
 * Fills `dir` with the tree that is measured, and empties it first. With a frozen copy of the project, `dir` gets the copy with its ignored
 * files, plus the changes from `frozenTree` (the tree of the copy) to `tree`. Without a copy (`frozen` null), it gets exactly `tree`, with
 * empty folders for submodules. Changed files get new times, so that build tools see them; all others keep theirs.
 * @throws submodule_moved
 * @throws arm_leads_back
 */
export async function prepareArm(
  repo: Place,
  { dir, frozen, frozenTree, tree }: { dir: string; frozen: string | null; frozenTree: string | null; tree: string },
): Promise<void> {
  if (frozenTree !== null) refuseSubmodules(await changes(repo, frozenTree, tree));
  freshFolder(repo, dir);
  if (frozen !== null) await copyAll(frozen, dir);
  const start = frozen === null ? await emptyTree(repo) : frozenTree;
  if (start === null) throw new TypeError('a frozen copy needs the tree that it holds');
  const changed = (await changes(repo, start, tree)).filter((change) => !change.submodule);
  for (const change of changed) if (isAfter(change)) makeRoom(dir, change.path);
  await carryOut({ root: dir, gitDir: repo.gitDir }, changed, { keep: '', staging: null });
  refuseLinksBack(repo.root, dir, changed);
}

async function copyAll(from: string, to: string): Promise<void> {
  for await (const { path, kind } of walk(from, () => false)) copyEntry(join(from, path), join(to, path), kind);
}

/** Removes ignored files of the frozen copy where the tree needs the path. They are only a copy, so nothing is lost. */
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
