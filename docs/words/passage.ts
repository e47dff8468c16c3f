/** A text that a person reads as a whole: a paragraph, the row of a table, a comment, a message. `about`: its heading, or the name that it belongs to. */
export interface Passage {
  file: string;
  about: string;
  text: string;
}

/** A sentence of a passage. `before`: the text of the passage that stands before it. */
export interface Sentence extends Passage {
  before: string;
}

const SENTENCE_END = /(?<=[.?!:][”’)*]*)\s+(?=[*(“]*[A-Z`…])|\s(?=@[a-z]+ )|(?<=\S) ¦ /;
const FEWEST_WORDS = 5;

/** The sentences of a passage. A text with few words, such as a path, a format or a number, is no sentence. */
export function split({ file, about, text }: Passage): Sentence[] {
  const parts = text.replaceAll(/\s+/g, ' ').trim().split(SENTENCE_END);
  return parts
    .map((part, i) => ({ file, about, text: part.trim(), before: parts.slice(0, i).join(' ').trim() }))
    .filter((sentence) => wordsIn(sentence.text) >= FEWEST_WORDS);
}

const wordsIn = (text: string) => text.match(/(?<=^|\s)[“"(*]*[A-Za-z’]+[”").,;:*]*(?=\s|$)/g)?.length ?? 0;
