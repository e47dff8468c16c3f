import { resolve } from 'node:path';
import type { Command, Word } from '../shell/script.ts';

/** Walking a folder to at most this depth is cheap. */
const SHALLOW = 3;

/**
 * The absolute folders that a command walks through. An unknown folder is null. The list is empty if the command walks through no folder.
 */
export function rootsOf(command: Command): (string | null)[] {
  const walker = Object.hasOwn(walkers, command.program ?? '') ? walkers[command.program!]! : () => null;
  const roots = walker(command.words);
  if (roots === null) return [];
  return (roots.length > 0 ? roots : [{ text: '.', value: '.' }]).map(({ value }) => inside(command.folder, value));
}

const inside = (folder: string | null, path: string | null): string | null =>
  path === null || (folder === null && !path.startsWith('/')) ? null : resolve(folder ?? '/', path);

const isOption = ({ text }: Word) => /^-./.test(text);
const has = (words: readonly Word[], option: RegExp) => words.some(({ text }) => option.test(text));
const without = (words: readonly Word[]) => words.filter((word) => !isOption(word));

/**
 * One function for each program. The function gets the words of a command, and returns the words that name a folder to walk through. The
 * list is empty if the command walks through the current folder. Null if the command walks through no folder.
 */
const walkers: Record<string, (words: readonly Word[]) => Word[] | null> = {
  find(words) {
    const depth = words.findIndex(({ text }) => text === '-maxdepth');
    if (depth >= 0 && Number(words[depth + 1]?.value) <= SHALLOW) return null;
    const rest = words.slice(words.findIndex(({ text }) => !/^-[HLPDO]/.test(text)));
    const end = rest.findIndex(({ text }) => /^(-.|[(!]|\\[(!])/.test(text));
    return rest.slice(0, end < 0 ? rest.length : end);
  },
  grep: (words) => (has(words, /^-[a-zA-Z]*[rR]|^--(dereference-)?recursive$/) ? searched(words) : null),
  // In hooks, standard input is a pipe. Without a folder, `rg` and `ag` read this pipe and walk through no folder.
  rg: (words) => orNull(searched(words)),
  ag: (words) => orNull(searched(words)),
  fd: (words) => without(words).slice(1),
  fdfind: (words) => without(words).slice(1),
  tree: (words) => (has(words, /^-L$/) ? null : without(words)),
  du: (words) => without(words),
  ls: (words) => (has(words, /^-[a-zA-Z]*R|^--recursive$/) ? without(words) : null),
};

/** The first operand is the search pattern, unless an option gives the pattern. */
function searched(words: readonly Word[]): Word[] {
  const plain = words.filter(
    (word, i) => !isOption(word) && !/^-[efmABC]$|^--include$|^--exclude(-dir)?$/.test(words[i - 1]?.text ?? ''),
  );
  return has(words, /^-[ef]$|^--(regexp|file|files)\b/) ? plain : plain.slice(1);
}

const orNull = (roots: Word[]): Word[] | null => (roots.length > 0 ? roots : null);
