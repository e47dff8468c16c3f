import { fold } from '../fold.mjs';
import { readNotes } from '../notes.mjs';

/** Returns the notes that contain all words. Case and accents do not matter: `cafe` finds `Café`. */
export function search(words) {
  const wanted = words.map(fold);
  return readNotes().filter((note) => wanted.every((word) => fold(note).includes(word)));
}
