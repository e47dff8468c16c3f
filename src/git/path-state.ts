import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is at a path of the work tree, seen as git sees it: `blocked` when a file or a link stands where one of its
 * folders would be, because what lies behind a link is not at this path.
 */
type PathState = 'absent' | 'folder' | 'file' | 'link' | 'special' | 'blocked';

export function pathState(root: string, path: string): PathState {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    const above = entry(join(root, ...names.slice(0, depth)));
    if (above === 'absent') return 'absent';
    if (above !== 'folder') return 'blocked';
  }
  return entry(join(root, path));
}

function entry(path: string): Exclude<PathState, 'blocked'> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return 'absent';
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  return found.isFile() ? 'file' : 'special';
}
