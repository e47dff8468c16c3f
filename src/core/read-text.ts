import { failure } from './errors.ts';
import { readUserText } from './user-file.ts';

/** The text of a file that must be there. @throws file_unreadable: it is gone, or no regular file */
export function readText(file: string): string {
  try {
    return readUserText(file);
  } catch (error) {
    throw failure('file_unreadable', { file, reason: (error as Error).message });
  }
}
