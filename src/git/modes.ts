import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setMode, setOwner } from '../core/fs.ts';
import { git, type Place } from './git.ts';

/** Properties of a file or folder that git does not record: its permission bits (octal) and the ids of its owner and group. */
type Mode = { mode: number; uid: number; gid: number };

/** Modes by path below the root. A folder's path ends with a slash. Modes that a checkout would produce are left out. */
export type Modes = ReadonlyMap<string, Mode>;

export const noModes: Modes = new Map();

const TRAILER = 'Perf-Gate-Mode';

/** The odd modes of the files and of their folders. An odd mode is a mode that a checkout by this user would not produce. */
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
  // `made` has no set-group-id bit, so a folder that has inherited this bit from its parent counts as odd
  const made = (found.isFile() && !(mode & 0o100) ? 0o666 : 0o777) & ~process.umask();
  const own = found.uid === process.getuid?.() && found.gid === process.getgid?.();
  return mode === made && own ? [] : [[path, { mode, uid: found.uid, gid: found.gid }]];
}

/** The odd modes as lines for the end of a snapshot's commit message. Empty without odd modes. */
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

/** Restores the mode and, if this user may, the owner of a file that was written again. The `path` of a folder ends with a slash. */
export function restoreMode(file: string, path: string, modes: Modes): void {
  const odd = modes.get(path);
  if (!odd) return;
  setOwner(file, odd.uid, odd.gid);
  setMode(file, odd.mode); // the mode is set after the owner, because changing the owner clears the set-user-id bits
}

/** The missing parent folders of the paths, outermost first. Each ends with a slash. */
export function missingFolders({ root }: Place, paths: readonly string[]): string[] {
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  return folders.filter((folder) => !lstatSync(join(root, folder), { throwIfNoEntry: false }));
}
