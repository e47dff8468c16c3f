import { existsSync, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { copyFileAnew, copyLink, makeDir, remove, setMode } from '../core/fs.ts';
import type { Place } from './git.ts';

/**
 * A file, folder or link below a folder, as it was when the folder was listed. `special`: an entry that cannot be copied, such as a socket,
 * a FIFO, a device, a name that is not UTF-8, or an entry that has just vanished.
 */
export type Entry =
  | { path: string; kind: 'folder' | 'file' | 'link'; stat: Stats }
  | { path: string; kind: 'special'; stat: null };

/** Lists everything below `root`, a folder before its content, without the paths for which `leaveOut` returns true. Paths use `/`. */
export async function* walk(root: string, leaveOut: (path: string) => boolean = () => false): AsyncGenerator<Entry> {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await turn(); // pauses, so that a large tree does not delay signals and progress
    for (const name of namesIn(join(root, folder))) {
      const path = folder ? `${folder}/${name}` : name;
      if (leaveOut(path)) continue;
      const entry = entryAt(root, path);
      if (entry.kind === 'folder') folders.push(path);
      yield entry;
    }
  }
}

/** Returns a list of all entries that `walk` yields. */
export async function entriesOf(root: string, leaveOut?: (path: string) => boolean): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of walk(root, leaveOut)) found.push(entry);
  return found;
}

/**
 * Copies one entry with its mode and times, by reflink if the file system supports it. `to` must not exist. Returns false if the entry
 * cannot be copied: it is special or unreadable, or has just vanished.
 */
export async function copyEntry(from: string, to: string, entry: Entry): Promise<boolean> {
  if (entry.kind === 'special') return false;
  try {
    await copiers[entry.kind](from, to, entry.stat);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

const copiers: Record<'folder' | 'file' | 'link', (from: string, to: string, stat: Stats) => void | Promise<void>> = {
  folder: (_, to, stat) => {
    makeDir(to);
    setMode(to, folderMode(stat));
  },
  file: copyFileAnew,
  link: copyLink,
};

/** The mode of a copied folder. This mode lets perf-gate fill the folder and remove it later. */
export const folderMode = ({ mode }: Stats): number => (mode & 0o7777) | 0o700;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

export function entryAt(root: string, path: string): Entry {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isDirectory()) return { path, kind: 'folder', stat };
  if (stat?.isSymbolicLink()) return { path, kind: 'link', stat };
  if (stat?.isFile()) return { path, kind: 'file', stat };
  return { path, kind: 'special', stat: null };
}

/** Makes an empty folder for perf-gate. An existing folder at the path is removed first. */
export function freshFolder(repo: Place, dir: string): void {
  refuseHolder(repo, dir);
  remove(dir);
  makeDir(dir);
}

/** Refuses a folder that contains the user's work tree or repository, because the folder's content would be removed. */
export function refuseHolder(repo: Place, dir: string): void {
  if (!existsSync(dir)) return;
  const real = `${realpathSync(dir)}/`;
  const holds = [repo.root, repo.gitDir].some((place) => `${realpathSync(place)}/`.startsWith(real));
  if (holds) throw new TypeError(`${dir} contains the project, so perf-gate must not empty it`);
}
