import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDir, setOwner } from '../core/fs.ts';
import { isOurs } from './changes.ts';
import { copyEntry, entriesOf, entryAt } from './copy-tree.ts';
import { identityOf } from './frozen-copy.ts';
import { fields, git, gitIn, type Place } from './git.ts';
import { markedFiles } from './settings.ts';
import { pathState } from './work-tree.ts';

/** `identity` tells whether a file was changed since; null for a folder. The ids are those of its owner and group. */
type Noted = { identity: string | null; uid: number; gid: number };

/**
 * What git ignores in the work tree, and what it was told not to look at, by path. A folder that holds nothing else ends with a slash, and
 * stands for all that is in it.
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

/** Whether git ignores a path of this folder, as far as something is there; outside of a repository it ignores nothing. */
export async function ignoredIn(folder: string): Promise<(path: string) => boolean> {
  const { exitCode, stdout } = await gitIn(folder, listIgnored);
  const paths = exitCode === 0 ? fields(stdout) : [];
  const [folders, files] = [paths.filter((path) => path.endsWith('/')), new Set(paths)];
  return (path) => files.has(path) || folders.some((within) => path.startsWith(within));
}

/** What of it is gone, and which files were changed. */
export function missedIgnored({ root }: Place, before: Ignored): { gone: string[]; changed: string[] } {
  const all = Object.entries(before).map(([path, { identity }]) => {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    return { path, isThere: Boolean(found), isChanged: Boolean(found && identity && identityOf(found) !== identity) };
  });
  const paths = (some: typeof all) => some.map(({ path }) => path);
  return { gone: paths(all.filter(({ isThere }) => !isThere)), changed: paths(all.filter((one) => one.isChanged)) };
}

/**
 * Copies what is at a path of `from`, with all that is in it, to the same path of `root` if nothing is there. Returns false where something
 * is, or where there is nothing to copy.
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
      // Somebody put something there in this moment: theirs stays.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Whether two files hold the same bytes; false where one of them cannot be read. */
export function holdSame(one: string, other: string): boolean {
  try {
    if (![one, other].every((file) => lstatSync(file).isFile())) return false;
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false;
  }
}
