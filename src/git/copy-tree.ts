import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { copyFile, copyLink, makeDir, setMode } from '../core/fs.ts';

type Kind = 'folder' | 'file' | 'link' | 'special';

/** Lists everything below `root`, folders before what they hold; what `leaveOut` says yes to is not entered. Paths use `/`. */
export async function* walk(
  root: string,
  leaveOut: (path: string) => boolean,
): AsyncGenerator<{ path: string; kind: Kind }> {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await turn(); // large trees must not keep signals and progress waiting
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
 * Copies one entry, by reflink where the file system can, with its mode and times. False when that is not possible: a
 * socket, FIFO or device, something unreadable, or something that has just gone.
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
    setMode(to, (mode & 0o7777) | 0o700); // it is still to be filled, and to be removed one day
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
