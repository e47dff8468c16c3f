import { failure } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';

/** Reads what a person named, all of it or nothing: a name with a slip must not pass unseen. @throws monitor_import_refused */
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

const reasonOf = ({ code, message }: NodeJS.ErrnoException) => (code === 'ENOENT' ? 'there is no such file' : message);
