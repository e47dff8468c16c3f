import { readNotes } from '../notes.mjs';

/** Every note, numbered. */
export function list() {
  return readNotes().map((note, i) => `${i + 1}. ${note}`);
}
