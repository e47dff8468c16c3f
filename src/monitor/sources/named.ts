import { failure } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';

/**
 * Reads all files that the user named. If any file is unreadable, the function throws, so that no typing error goes unnoticed. @throws
 * monitor_import_refused
 */
export function readNamed<Read>(names: readonly string[], read: (name: string) => Read): Read[] {
  const unreadable: string[] = [];
  const found = names.flatMap((name) => {
    try {
      return [read(name)];
    } catch (error) {
      unreadable.push(`${oneLine(name)}: ${oneLine(reasonOf(error as NodeJS.ErrnoException))}`);
      return [];
    }
  });
  if (unreadable.length > 0) throw failure('monitor_import_refused', { unreadable });
  return found;
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException) =>
  code === 'ENOENT' ? 'the file does not exist' : message;
