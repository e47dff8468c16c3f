import type { Sentence } from './passage.ts';
import { kinds } from './sentences.ts';
import { longestSentence, turns } from './turns.ts';

/** A sentence that stumbles, and the better form. */
export interface Fault {
  file: string;
  text: string;
  write: string;
}

/** Banned turns and overlong sentences, of all texts or of some. */
export function faultsIn(sentences: readonly Pick<Sentence, 'file' | 'text'>[]): Fault[] {
  return sentences.flatMap(({ file, text }) => {
    const banned = turns
      .filter((turn) => turn.found.test(withoutCode(text)))
      .map(({ turn, write }) => `not “${turn}”, but: ${write}`);
    const words = text.split(' ').length;
    return [...banned, ...(words > longestSentence ? [`${words} words: make two sentences of it`] : [])].map(
      (write) => ({ file, text, write }),
    );
  });
}

export const allSentences = (): Sentence[] => Object.values(kinds).flatMap((sentencesOf) => sentencesOf());

const withoutCode = (text: string) => text.replaceAll(/`[^`]*`/g, '`…`');
