import { readFileSync } from 'node:fs';

/** The notes, one a line; as bytes, which are quicker to read than text. */
export function readNotes() {
  return readFileSync(new URL('../notes.txt', import.meta.url))
    .toString()
    .trim()
    .split('\n');
}
