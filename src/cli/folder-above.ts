import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The nearest folder `dir`, from `folder` upwards, for which the path `marker(dir)` exists. Undefined if no such folder exists. */
export function folderAbove(folder: string, marker: (dir: string) => string): string | undefined {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    if (existsSync(marker(dir))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
