import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beginningOf } from '../../core/beginning.ts';
import { type Change, isAfter } from '../../git/changes.ts';
import { type Caveat, listed } from './caveat.ts';
import { shadowsOf } from './shadows.ts';

/** A prepared candidate: the top of its tree, the folder in which its command runs, and the command's PATH. */
export type Tree = { root: string; dir: string; path: string };

/** Returns the caveats from the files of a change: new links, binary files, and files that shadow others. */
export function caveatsOfChange(changed: readonly Change[], tree: Tree): Caveat[] {
  const present = changed.filter((change) => isAfter(change) && !change.submodule);
  const links = present
    .filter(({ mode_to, mode_from }) => mode_to === '120000' && mode_from !== '120000')
    .flatMap(({ path }) => targetOf(tree, path));
  const files = present.filter(({ mode_to }) => mode_to !== '120000').map(({ path }) => path);
  const binaries = files.filter((path) => isBinary(join(tree.root, path)));
  const shadows = shadowsOf(files, {
    has: (path) => existsSync(join(tree.root, path)),
    programFolders: programFolders(tree),
  });
  return [
    ...listed(links, (first, more) => ({ code: 'new_link', links: first, more })),
    ...listed(binaries, (first, more) => ({ code: 'new_binary', paths: first, more })),
    ...listed(shadows, (first, more) => ({ code: 'shadows', files: first, more })),
  ];
}

function targetOf({ root }: Tree, path: string): { path: string; target: string }[] {
  const file = join(root, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ? [{ path, target: readlinkSync(file) }] : [];
}

/**
 * Whether a file is binary by git's own rule: its first 8,000 bytes contain a NUL byte. git attributes are ignored, because the author of
 * the change controls them.
 */
function isBinary(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true && beginningOf(file, 8000).includes(0);
}

/** The folders of the tree that are on the PATH. An empty entry of the PATH is the folder in which a command runs. */
function programFolders({ root, dir, path }: Tree): string[] {
  return path
    .split(':')
    .map((entry) => relative(root, resolve(dir, entry)))
    .filter((folder) => folder !== '..' && !folder.startsWith('../'));
}
