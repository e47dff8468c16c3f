import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { copyFile, copyLink, makeDir, remove, setMode } from '../core/fs.ts';
import type { Place } from './git.ts';

type Kind = 'folder' | 'file' | 'link' | 'special';

/** Lists everything below `root`, a folder before its content, without the paths for which `leaveOut` returns true. Paths use `/`. */
export async function* walk(
  root: string,
  leaveOut: (path: string) => boolean,
): AsyncGenerator<{ path: string; kind: Kind }> {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await turn(); // so that signals and progress need not wait for a large tree
    for (const entry of read(join(root, folder))) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (leaveOut(path)) continue;
      const kind = kindOf(entry);
      if (kind === 'folder') folders.push(path);
      yield { path, kind };
    }
  }
}

/**
 * Copies one entry with its mode and times, by reflink if the file system can. Returns false for what cannot be copied: a socket, FIFO
 * or device, an unreadable entry, or one that has just gone.
 */
export function copyEntry(from: string, to: string, kind: Kind): boolean {
  if (kind === 'special') return false;
  try {
    copiers[kind](from, to);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

const copiers: Record<Exclude<Kind, 'special'>, (from: string, to: string) => void> = {
  folder: (from, to) => {
    const { mode } = statSync(from);
    makeDir(to);
    setMode(to, (mode & 0o7777) | 0o700); // we must be able to fill it, and to remove it later
  },
  file: copyFile,
  link: copyLink,
};

function read(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

function kindOf(entry: Dirent): Kind {
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'link';
  return entry.isFile() ? 'file' : 'special';
}

/** Makes a folder of ours, or empties it. Never empties a folder that holds the user's work tree or repository. */
export function freshFolder(repo: Place, dir: string): void {
  if (existsSync(dir)) {
    const real = `${realpathSync(dir)}/`;
    const holds = [repo.root, repo.gitDir].some((place) => `${realpathSync(place)}/`.startsWith(real));
    if (holds) throw new TypeError(`${dir} holds the project and cannot be an arm`);
    remove(dir);
  }
  makeDir(dir);
}
