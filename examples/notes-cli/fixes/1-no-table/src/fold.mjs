/** Returns the text in a form for comparisons. The runtime normalises letters, so no table is needed. */
export function fold(text) {
  return text.normalize('NFKC').toLowerCase();
}
