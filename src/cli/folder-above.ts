import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The nearest folder, from `folder` upwards, whose `marker(dir)` path exists. Undefined if no folder has it. */
export function folderAbove(folder: string, marker: (dir: string) => string): string | undefined {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    if (existsSync(marker(dir))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
