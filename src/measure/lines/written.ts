import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';

/** Larger files are no useful coverage. */
const MOST_BYTES = 256 * 1024 ** 2;

/** The text of a file that the program may have written; null if it is no regular file, not readable, or too large. */
export function textOf(file: string): string | null {
  try {
    return readUserFile(file, MOST_BYTES).toString('utf8');
  } catch {
    return null;
  }
}

/** The paths of the files in a folder whose names match; empty if the program removed the folder. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (pattern.test(name) ? [join(folder, name)] : []));
  } catch {
    return [];
  }
}

/** Whether a path leads to a regular file, and not through a link. */
export const isRegular = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
