import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/** The real place of a path below a folder; undefined where nothing is, and where `..` or a symbolic link leads out of the folder. */
export function realInside(root: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(root, path));
    const way = relative(realpathSync(root), real);
    return isAbsolute(path) || isAbsolute(way) || way === '..' || way.startsWith('../') ? undefined : real;
  } catch {
    return undefined;
  }
}
