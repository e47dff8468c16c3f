import { basename } from 'node:path';
import { cut, oneLine } from '../../core/text.ts';
import { programOf } from '../../sentinel/shell/interpreters.ts';
import { innerOf } from '../../sentinel/shell/wrappers.ts';

/**
 * The name of the script that a hook's command runs, without the folder. If the command runs no script, returns the name of the command's
 * first program. Arguments and variables are never used, because they may contain secrets, such as tokens or customers' names. Returns
 * `(inline)` if the name has unusual characters.
 */
export function commandName(command: string): string {
  const words = (command.slice(0, MOST).match(WORD) ?? []).map((text) =>
    text.replace(/["']/g, '').replace(/[;)]+$/, ''),
  );
  const name = basename(nameIn(words));
  return PLAIN.test(name) ? cut(oneLine(name), 80) : '(inline)';
}

const MOST = 2000;
const WORD = /(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g;
const PLAIN = /^[\p{L}\p{N}_.@+][\p{L}\p{N}_.@+-]*$/u;

function nameIn(all: readonly string[]): string {
  const from = all.findIndex((word) => !/^\w+\+?=/.test(word));
  const [first = '', ...rest] = from < 0 ? [] : all.slice(from);
  const program = basename(first);
  const words = rest.map((text) => ({ text, value: null }));
  const inner = innerOf(program, words)?.words.map(({ text }) => text) ?? startedBy(program, rest);
  if (inner) return nameIn(inner);
  const run = programOf(program, words);
  return run?.from === 'file' ? run.word.text : first;
}

/** Programs that start another program. `before`: the number of words, such as `run`, before the name of the started program. */
const starters: [RegExp, before: number][] = [
  [/^(npx|bunx|uvx)$/, 0],
  [/^(uv|poetry|pipenv)$/, 1],
];

/**
 * The words of the started program. Null if an unknown option precedes them, because the value of this option could be mistaken for the
 * program.
 */
function startedBy(program: string, words: readonly string[]): readonly string[] | null {
  const before = starters.find(([names]) => names.test(program))?.[1];
  if (before === undefined || (before === 1 && words[0] !== 'run')) return null;
  const inner = words.slice(before);
  const from = inner.findIndex((word) => !/^(-y|--yes|-q|--quiet|--script|--)$/.test(word));
  return from < 0 || inner[from]!.startsWith('-') ? null : inner.slice(from);
}
