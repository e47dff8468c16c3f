import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDir, setOwner } from '../core/fs.ts';
import { isOurs } from './changes.ts';
import { copyEntry, entriesOf, entryAt } from './copy-tree.ts';
import { identityOf } from './frozen-copy.ts';
import { fields, git, gitIn, type Place } from './git.ts';
import { markedFiles } from './settings.ts';
import { pathState } from './work-tree.ts';

/**
 * An ignored path. `identity`: a text that changes whenever the file changes. Null for a folder. `uid` and `gid`: the owner and the group.
 */
type Noted = { identity: string | null; uid: number; gid: number };

/**
 * Paths of the work tree that git ignores, or that the index hides from git (assume-unchanged, skip-worktree). A folder that contains only
 * ignored or hidden files is one entry, with a slash at its end.
 */
export type Ignored = Record<string, Noted>;

const listIgnored = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];

export async function ignoredNow(repo: Place): Promise<Ignored> {
  const paths = [...fields(await git(repo, listIgnored)), ...(await markedFiles(repo))].filter((path) => !isOurs(path));
  const noted = paths.flatMap((path): [string, Noted][] => {
    const found = lstatSync(join(repo.root, path), { throwIfNoEntry: false });
    if (!found) return [];
    const { uid, gid } = found;
    return [[path, { identity: path.endsWith('/') ? null : identityOf(found), uid, gid }]];
  });
  return Object.fromEntries(noted);
}

/**
 * Returns a function. The function returns whether git ignores an existing path of this folder. Outside a repository no path is ignored.
 */
export async function ignoredIn(folder: string): Promise<(path: string) => boolean> {
  const { exitCode, stdout } = await gitIn(folder, listIgnored);
  const paths = exitCode === 0 ? fields(stdout) : [];
  const [folders, files] = [paths.filter((path) => path.endsWith('/')), new Set(paths)];
  return (path) => files.has(path) || folders.some((within) => path.startsWith(within));
}

/** The recorded paths that no longer exist, and the recorded files that have changed. */
export function missedIgnored({ root }: Place, before: Ignored): { gone: string[]; changed: string[] } {
  const all = Object.entries(before).map(([path, { identity }]) => {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    return { path, isThere: Boolean(found), isChanged: Boolean(found && identity && identityOf(found) !== identity) };
  });
  const paths = (some: typeof all) => some.map(({ path }) => path);
  return { gone: paths(all.filter(({ isThere }) => !isThere)), changed: paths(all.filter((one) => one.isChanged)) };
}

/**
 * Copies the entry at a path of `from`, with everything in it, to the same path of `root`, if this path is free. Returns false if the
 * path in `root` is not free, or if nothing can be copied.
 */
export async function copyToFree(from: string, root: string, path: string, owner?: Noted): Promise<boolean> {
  const top = path.replace(/\/$/, '');
  const first = entryAt(from, top);
  if (first.kind === 'special' || pathState(root, top) !== 'absent') return false;
  const inside = first.kind === 'folder' ? await entriesOf(join(from, top)) : [];
  makeDir(dirname(join(root, top)));
  for (const entry of [first, ...inside.map((entry) => ({ ...entry, path: `${top}/${entry.path}` }))]) {
    const to = join(root, entry.path);
    try {
      const isCopied = await copyEntry(join(from, entry.path), to, entry);
      if (isCopied && owner && entry.kind !== 'link') setOwner(to, owner.uid, owner.gid);
    } catch (error) {
      // another process has just created an entry at the path, and this entry stays
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Whether two files have the same bytes. False if either file cannot be read. */
export function holdSame(one: string, other: string): boolean {
  try {
    if (![one, other].every((file) => lstatSync(file).isFile())) return false;
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false;
  }
}
