import { fold } from '../fold.mjs';
import { readNotes } from '../notes.mjs';

/** The notes that hold all words, whatever their case and accents: `cafe` finds `Café`. */
export function search(words) {
  const wanted = words.map(fold);
  return readNotes().filter((note) => wanted.every((word) => fold(note).includes(word)));
}
