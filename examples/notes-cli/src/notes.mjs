import { readFileSync } from 'node:fs';

/** The notes of the file, one per line. */
export function readNotes() {
  return readFileSync(new URL('../notes.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
}
