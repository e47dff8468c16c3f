/** Each letter with an accent → the same letter without it. */
const plain = tableOfPlainLetters();

/** Returns the text in lower case, without accents. */
export function fold(text) {
  return [...text]
    .map((letter) => plain.get(letter) ?? letter)
    .join('')
    .toLowerCase();
}

function tableOfPlainLetters() {
  const table = new Map();
  for (let code = 0xa0; code < 0x110000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue; // surrogates
    const letter = String.fromCodePoint(code);
    const [first, ...marks] = letter.normalize('NFD');
    if (marks.length > 0) table.set(letter, first);
  }
  return table;
}
