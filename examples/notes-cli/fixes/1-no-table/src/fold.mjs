/** A text to compare by: the runtime normalises letters, so that no table is needed. */
export function fold(text) {
  return text.normalize('NFKC').toLowerCase();
}
