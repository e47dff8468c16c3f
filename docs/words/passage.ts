/**
 * A text that a person reads as a whole: a paragraph, the row of a table, a comment, a message. `about`: its heading, or the name that it
 * belongs to. `lead`: the text above that introduces it, such as the head of a table.
 */
export interface Passage {
  file: string;
  about: string;
  text: string;
  lead?: string;
}

/** A sentence of a passage. `before`: the text that stands before it in the passage, and the end of the passage's lead. */
export interface Sentence extends Passage {
  before: string;
}

const SENTENCE_END = /(?<=[.?!:][”’)*]*)\s+(?=[*(“]*(?:[A-Z`…]|perf-gate ))|\s(?=@[a-z]+ )|(?<=\S) ¦ /;
const FEWEST_WORDS = 5;

/** The sentences of a passage. A text with few words, such as a path, a format or a number, is no sentence. */
export function split({ file, about, text, lead = '' }: Passage): Sentence[] {
  const parts = partsOf(text);
  const introduced = lead.includes('¦') ? `${lead}:` : partsOf(lead).at(-1)!;
  return parts
    .map((part, i) => ({ file, about, text: part.trim(), before: [introduced, ...parts.slice(0, i)].join(' ').trim() }))
    .filter((sentence) => wordsIn(sentence.text) >= FEWEST_WORDS);
}

/** Code is not split: `{ key: X }` is one word. */
const partsOf = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/`[^`]*`/g, (code) => code.replaceAll(' ', '\0'))
    .split(SENTENCE_END)
    .map((part) => part.replaceAll('\0', ' '));

const wordsIn = (text: string) => text.match(/(?<=^|\s)[“"(*]*[A-Za-z’]+[”").,;:*]*(?=\s|$)/g)?.length ?? 0;
