import { failure } from './errors.ts';
import { readUserText } from './user-file.ts';

/** The text of a file that must exist. @throws file_unreadable: the file does not exist, or is not a regular file */
export function readText(file: string): string {
  try {
    return readUserText(file);
  } catch (error) {
    throw failure('file_unreadable', { file, reason: (error as Error).message });
  }
}
