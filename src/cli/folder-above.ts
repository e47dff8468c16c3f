import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The nearest folder, this one or one above, in which `marker` names something that is there; undefined where none has it. */
export function folderAbove(folder: string, marker: (dir: string) => string): string | undefined {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    if (existsSync(marker(dir))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}
