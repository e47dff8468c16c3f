import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';

/** Above this a file is no coverage that helps. */
const MOST_BYTES = 256 * 1024 ** 2;

/** The text of a file that the program may have made, as anything: null for what is no regular file, or too long. */
export function textOf(file: string): string | null {
  try {
    return readUserFile(file, MOST_BYTES).toString('utf8');
  } catch {
    return null;
  }
}

/** The files of this pattern in a folder that the program may have put anything into, or taken away. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (pattern.test(name) ? [join(folder, name)] : []));
  } catch {
    return [];
  }
}

/** Whether a path leads to a regular file, and not through a link. */
export const isRegular = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
