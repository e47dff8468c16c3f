import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setMode, setOwner } from '../core/fs.ts';
import { git, type Place } from './git.ts';

/** What git does not keep of a file or a folder: its permission bits (octal) and the ids of its owner and group. */
type Mode = { mode: number; uid: number; gid: number };

/** By path below the root; a folder's path ends with a slash. Holds only what a checkout would make otherwise. */
export type Modes = ReadonlyMap<string, Mode>;

export const noModes: Modes = new Map();

const TRAILER = 'Perf-Gate-Mode';

/** The modes of the files and of their folders that a checkout by this user would make otherwise. */
export function modesIn({ root }: Place, files: readonly string[]): Modes {
  const folders = new Set(files.flatMap(foldersOf));
  return new Map([...files, ...folders].flatMap((path) => oddMode(root, path)));
}

/** `a/b/c.txt` lies in `a/b/` and `a/`. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [`${folder}/`, ...foldersOf(folder)];
}

function oddMode(root: string, path: string): [string, Mode][] {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (!found || !(found.isFile() || found.isDirectory())) return [];
  const mode = found.mode & 0o7777;
  // A new folder takes the bit of its parent that passes the group on.
  const made = (found.isFile() && !(mode & 0o100) ? 0o666 : 0o777) & ~process.umask();
  const own = found.uid === process.getuid?.() && found.gid === process.getgid?.();
  return mode === made && own ? [] : [[path, { mode, uid: found.uid, gid: found.gid }]];
}

/** Lines for the end of a snapshot's message; empty without odd modes. */
export function modeTrailers(modes: Modes): string {
  const lines = [...modes].map(
    ([path, { mode, uid, gid }]) => `${TRAILER}: ${mode.toString(8)} ${uid} ${gid} ${encodeURIComponent(path)}\n`,
  );
  return lines.length === 0 ? '' : `\n\n${lines.join('')}`;
}

/** The odd modes that a snapshot recorded. */
export async function modesOf(repo: Place, snapshot: string): Promise<Modes> {
  const message = await git(repo, ['show', '--no-patch', '--format=%B', '--end-of-options', snapshot]);
  const found = message.matchAll(new RegExp(`^${TRAILER}: ([0-7]+) (\\d+) (\\d+) (\\S+)$`, 'gm'));
  return new Map(
    [...found].map(([, mode, uid, gid, path]) => [
      decodeURIComponent(path!),
      { mode: Number.parseInt(mode!, 8), uid: Number(uid), gid: Number(gid) },
    ]),
  );
}

/** Gives what was written again its mode and, where this user may, its owner. `path` of a folder ends with a slash. */
export function restoreMode(file: string, path: string, modes: Modes): void {
  const odd = modes.get(path);
  if (!odd) return;
  setOwner(file, odd.uid, odd.gid);
  setMode(file, odd.mode); // after the owner, whose change drops the bits of set-user-id
}

/** The folders of the paths that are not there yet, each with a slash at its end; outermost first. */
export function missingFolders({ root }: Place, paths: readonly string[]): string[] {
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  return folders.filter((folder) => !lstatSync(join(root, folder), { throwIfNoEntry: false }));
}
