import { readUserFile } from '../../core/user-file.ts';

/** The largest size of a settings or hooks file that is read. */
const MOST_BYTES = 4 * 1024 ** 2;

/** The content of a file, or the reason why the file cannot be read. */
export type Door<Value> = { state: 'read'; value: Value } | { state: 'absent' } | { state: 'refused'; reason: string };

/** The text of a file from an untrusted author. */
export function readDeclared(file: string): Door<string> {
  try {
    return { state: 'read', value: readUserFile(file, MOST_BYTES).toString('utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { state: 'absent' } : { state: 'refused', reason: message };
  }
}

/** The value of a JSON file. Comments and a byte order mark count as errors, because Claude Code rejects them too. */
export function readJson(file: string): Door<unknown> {
  const text = readDeclared(file);
  return text.state === 'read' ? parsedJson(text.value) : text;
}

/** The value of a JSON text. */
export function parsedJson(text: string): Door<unknown> {
  try {
    return { state: 'read', value: JSON.parse(text) as unknown };
  } catch (error) {
    return { state: 'refused', reason: `it is not valid JSON: ${(error as Error).message}` };
  }
}
