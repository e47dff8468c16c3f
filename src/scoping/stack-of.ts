import { closeSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openWithoutWaiting } from '../core/fs.ts';
import { findProgram } from '../core/locate.ts';

/** For each language, a pattern for words that only its command lines contain, such as `npm` for JavaScript. */
const stacks: [language: string, runs: RegExp][] = [
  ['javascript', /(^|[\s;&|/])(node|npm|npx|pnpm|yarn|tsx|ts-node)(\s|$)/m],
  ['python', /(^|[\s;&|/])(python[\d.]*|pytest|uvicorn|gunicorn|flask|uv)(\s|$)/m],
  ['go', /(^|[\s;&|])go\s+(test|run)\s|\s-test\.bench\b/m],
  ['rust', /(^|[\s;&|])cargo\s|(^|[\s/])target\/(release|debug)\//m],
];

/** A word that can be before the name of the program: an assignment, an option, or a program such as `env`. */
const prefix = /^(\w+=\S*|exec|env|time|nice|nohup|-\S*)$/;

/** The maximum number of bytes that are read from a file. */
const mostBytes = 16_384;
/** The maximum number of lines of a script that are followed. */
const mostLines = 50;

type Place = { cwd: string; env: NodeJS.ProcessEnv };

/**
 * The language of a command, as recon names languages. If the words of the command do not show the language, the file that the command
 * starts is read: a script, or a binary of the project. `c` stands for any compiled language. Null if neither the words nor the file show
 * the language.
 */
export function stackOf(script: string, place: Place): string | null {
  return languageIn(script) ?? startedBy(script, place, 2);
}

const languageIn = (text: string) => stacks.find(([, runs]) => runs.test(text))?.[0] ?? null;

/** The language of the program that a command line starts. `deep`: the number of scripts that may still be followed. */
function startedBy(line: string, place: Place, deep: number): string | null {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => !prefix.test(word));
  const [first = ''] = words;
  const isShell = /^(ba|da|z)?sh$/.test(first);
  const name = isShell ? (words[1] ?? '') : first;
  const file = isShell || name.includes('/') ? resolve(place.cwd, name) : findProgram(name, place.env);
  const text = file === undefined ? null : startOf(file);
  if (text === null) return null;
  // a binary on the PATH, such as make, can run any program
  if (isBinary(text)) return name.includes('/') ? 'c' : null;
  const [head = ''] = text.split('\n', 1);
  const isScript = isShell || /^#!.*sh\b/.test(head);
  if (!isScript || deep === 0) return head.startsWith('#!') ? languageIn(head) : null;
  const lines = text
    .split('\n')
    .filter((each) => !/^\s*(#|$)/.test(each))
    .slice(0, mostLines);
  return languageIn(lines.join('\n')) ?? firstOf(lines, (each) => startedBy(each, place, deep - 1));
}

/** Whether a file is a compiled program, by its first bytes: ELF, or Mach-O with 64 bits or for several processors. */
const isBinary = (start: string) => /^(\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(start);

function firstOf<T>(items: readonly T[], find: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function startOf(file: string): string | null {
  try {
    if (!statSync(file).isFile()) return null; // reading a pipe would block
    const fd = openWithoutWaiting(file);
    try {
      const bytes = Buffer.alloc(mostBytes);
      return bytes.toString('latin1', 0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}
