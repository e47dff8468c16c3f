import { existsSync, realpathSync } from 'node:fs';
import { makeDir, remove } from '../core/fs.ts';
import type { Place } from './git.ts';

/** Empties a folder of ours, or makes it. A folder that holds the user's work tree or repository is never emptied. */
export function freshFolder(repo: Place, dir: string): void {
  if (existsSync(dir)) {
    const real = `${realpathSync(dir)}/`;
    const holds = [repo.root, repo.gitDir].some((place) => `${realpathSync(place)}/`.startsWith(real));
    if (holds) throw new TypeError(`${dir} holds the project and cannot be an arm`);
    remove(dir);
  }
  makeDir(dir);
}
