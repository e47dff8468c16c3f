import { type Caveat, listed } from '../caveats/caveat.ts';

/**
 * Words with at least six characters and a digit, because a program rarely contains such a word by chance. A shorter word cannot be
 * distinguished from an ordinary number.
 */
const TELLING = /(?=[\w.+-]*\d)[\w.+-]{6,}/g;

/**
 * Whether a change contains the answer that the program should compute. True if a word of the program's output occurs in lines that the
 * change adds, but not in lines that the change removes. `patch` is a unified diff.
 */
export function answerInChange(printed: string, patch: string): Caveat[] {
  const lines = patch.split('\n');
  const added = wordsOf(lines.filter((line) => /^\+(?!\+\+ )/.test(line)).join('\n'));
  const removed = wordsOf(lines.filter((line) => /^-(?!-- )/.test(line)).join('\n'));
  const answers = printed.split('\n').filter((line) => !line.startsWith('METRIC '));
  const words = [...wordsOf(answers.join('\n'))].filter((word) => added.has(word) && !removed.has(word));
  return listed(words, (first, more) => ({ code: 'answer_in_change', words: first, more }));
}

const wordsOf = (text: string): Set<string> => new Set(text.match(TELLING)?.map((word) => word.replace(/[.+-]+$/, '')));
