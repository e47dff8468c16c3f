import { readFileSync } from 'node:fs';

/** The notes, one a line. */
export function readNotes() {
  return readFileSync(new URL('../notes.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
}
