import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';

/** The size of the largest coverage file that is read. Real coverage is smaller. */
const MOST_BYTES = 256 * 1024 ** 2;

/**
 * The text of a file that the measured program can write. Null if there is no regular file at the path, or if the file is unreadable or too
 * large.
 */
export function textOf(file: string): string | null {
  try {
    return readUserFile(file, MOST_BYTES).toString('utf8');
  } catch {
    return null;
  }
}

/** The paths of the files in a folder that have a matching name. Empty if the program removed the folder. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (pattern.test(name) ? [join(folder, name)] : []));
  } catch {
    return [];
  }
}

/** Whether a path is a regular file and no link. */
export const isRegular = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
