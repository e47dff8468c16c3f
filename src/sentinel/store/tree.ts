import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lies } from '../../cage/steps.ts';
import { oneLine } from '../../core/text.ts';
import { readUserFile } from '../../core/user-file.ts';

/**
 * A file with the hash of its bytes, or a link with its target text. Paths are relative, with `/`. A file's mode is not stored, except
 * whether the file is executable.
 */
export type Entry = { path: string; hash: string; executable: boolean } | { path: string; link: string };

/**
 * A part of a folder that is not stored: a version-control repository, a link to a target outside of the folder, or an entry that is
 * neither file, folder nor link.
 */
export type LeftOut = { path: string; why: 'version_control' | 'leads_out' | 'no_file' };

/** The files and links in a folder when it was read, ordered by path, and the parts that were left out. */
export type Tree = { entries: Entry[]; left_out: LeftOut[] };

/** The largest size of a folder that is stored. */
const most = { names: 5000, bytes: 64 * 1024 ** 2 };

const versionControl = new Set(['.git', '.hg', '.svn', '.jj']);

/**
 * Reads an untrusted folder, without following links. `take` gets the bytes of each file, and returns the hash of the bytes. Returns
 * `refused` with the reason if the folder is too large.
 */
export function readTree(root: string, take: (bytes: Buffer) => string): Tree | { refused: string } {
  const entries: Entry[] = [];
  const left_out: LeftOut[] = [];
  const folders = [''];
  let bytes = 0;
  try {
    for (const folder of folders)
      for (const name of readdirSync(join(root, folder))) {
        const path = folder === '' ? name : `${folder}/${name}`;
        const stat = lstatSync(join(root, path));
        if (versionControl.has(name)) left_out.push({ path, why: 'version_control' });
        else if (stat.isDirectory()) folders.push(path);
        else if (stat.isSymbolicLink()) {
          const link = readlinkSync(join(root, path));
          if (staysInside(path, link)) entries.push({ path, link });
          else left_out.push({ path, why: 'leads_out' });
        } else if (stat.isFile()) {
          bytes += stat.size;
          if (bytes > most.bytes) return { refused: `it holds more than ${most.bytes / 1024 ** 2} MB` };
          const hash = take(readUserFile(join(root, path), most.bytes));
          entries.push({ path, hash, executable: (stat.mode & 0o111) !== 0 });
        } else left_out.push({ path, why: 'no_file' });
        if (entries.length + left_out.length + folders.length > most.names)
          return { refused: `it holds more than ${most.names} files and folders` };
      }
  } catch (error) {
    return { refused: oneLine((error as Error).message) };
  }
  return { entries: entries.toSorted((a, b) => (a.path < b.path ? -1 : 1)), left_out };
}

/** Whether a link's target, as text, is inside the folder. */
export const staysInside = (path: string, link: string): boolean =>
  !link.startsWith('/') && lies(resolve('/tree', dirname(path), link), '/tree') && !link.includes('\0');
