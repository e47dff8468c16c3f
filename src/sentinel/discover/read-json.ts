import { readUserFile } from '../../core/user-file.ts';

/** Longer than any file of settings or hooks that a person wrote. */
const MOST_BYTES = 4 * 1024 ** 2;

/** What a file holds, or why nothing of it can be taken. */
export type Door<Value> = { state: 'read'; value: Value } | { state: 'absent' } | { state: 'refused'; reason: string };

/** The text of a file that anybody may have written. */
export function readDeclared(file: string): Door<string> {
  try {
    return { state: 'read', value: readUserFile(file, MOST_BYTES).toString('utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { state: 'absent' } : { state: 'refused', reason: message };
  }
}

/** The same as JSON, without comments or a byte order mark: the client takes neither. */
export function readJson(file: string): Door<unknown> {
  const text = readDeclared(file);
  return text.state === 'read' ? parsedJson(text.value) : text;
}

/** JSON that a person wrote. */
export function parsedJson(text: string): Door<unknown> {
  try {
    return { state: 'read', value: JSON.parse(text) as unknown };
  } catch (error) {
    return { state: 'refused', reason: `it is no JSON: ${(error as Error).message}` };
  }
}
