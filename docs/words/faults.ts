import { kinds, type Sentence } from './sentences.ts';
import { longestSentence, turns } from './turns.ts';

/** A sentence that stumbles, and the better form. */
export interface Fault extends Sentence {
  write: string;
}

/** Banned turns and overlong sentences, of all texts or of some. */
export function faultsIn(sentences: Sentence[]): Fault[] {
  return sentences.flatMap((sentence) => {
    const banned = turns
      .filter((turn) => turn.found.test(withoutCode(sentence.text)))
      .map(({ turn, write }) => `not “${turn}”, but: ${write}`);
    const words = sentence.text.split(' ').length;
    return [...banned, ...(words > longestSentence ? [`${words} words: make two sentences of it`] : [])].map(
      (write) => ({ ...sentence, write }),
    );
  });
}

export const allSentences = (): Sentence[] => Object.values(kinds).flatMap((sentencesOf) => sentencesOf());

const withoutCode = (text: string) => text.replaceAll(/`[^`]*`/g, '`…`');
