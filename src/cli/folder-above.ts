import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Searches from `folder` upwards. Returns the first folder `dir` for which the path `marker(dir)` exists. Undefined if no such folder
 * exists.
 */
export function folderAbove(folder: string, marker: (dir: string) => string): string | undefined {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    if (existsSync(marker(dir))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
