import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { sweepTemporary } from '../core/debris.ts';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { type Change, changes } from './changes.ts';
import { takeStep } from './commit.ts';
import { git, type Place } from './git.ts';
import { pathState } from './path-state.ts';
import { treeOf } from './repo.ts';
import { treeWith } from './temporary-index.ts';
import { moveEntries } from './user-index.ts';

/** A file to commit; `path` is relative to git's top level. */
export type ArtifactFile = { path: string; content: string };

/**
 * The last commit of a run, signed where `sign` asks for it: adds files to the branch, ignored or not, and writes them to the work tree where nothing is.
 * `left` names paths where something else is, on disk or staged: it stays. Doing it twice is doing it once. Throws
 * `path_outside`, `branch_changed`, `branch_moved`.
 */
export async function commitArtifacts(
  repo: Place,
  given: { branch: string | null; tip: string; files: readonly ArtifactFile[]; message: string; sign?: boolean },
): Promise<{ commit: string; left: string[] }> {
  const { branch, tip, files, message, sign = false } = given;
  for (const { path } of files) if (!isProper(path)) throw failure('path_outside', { path });
  const tree = await treeWith(repo, tip, await Promise.all(files.map((file) => asEntry(repo, file))));
  const same = tree === (await treeOf(repo, tip));
  const commit = same ? tip : await takeStep(repo, { branch, tip, tree, message, sign });
  const left = new Set(await moveEntries(repo, tip, await changes(repo, tip, commit)));
  for (const file of files) if (!writeIfAbsent(repo.root, file)) left.add(file.path);
  return { commit, left: [...left].sort() };
}

function isProper(path: string): boolean {
  const names = path.split('/');
  return (
    posix.normalize(path) === path && !names.some((name) => ['', '.', '..'].includes(name) || /^\.git$/i.test(name))
  );
}

/** The content as a blob, through the filters that the path has. */
async function asEntry(repo: Place, { path, content }: ArtifactFile): Promise<Change> {
  const args = ['hash-object', '-w', '--stdin', `--path=${path}`];
  const blob = (await git(repo, args, { input: content })).trim();
  const nothing = { mode_from: '000000', blob_from: '0'.repeat(blob.length) };
  return { path, status: 'added', ...nothing, mode_to: '100644', blob_to: blob, submodule: false };
}

function writeIfAbsent(root: string, { path, content }: ArtifactFile): boolean {
  const found = pathState(root, path);
  sweepTemporary(dirname(join(root, path)));
  if (found === 'absent') writeDurable(join(root, path), content);
  return found === 'absent' || (found === 'file' && readFileSync(join(root, path), 'utf8') === content);
}
