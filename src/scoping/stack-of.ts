import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findProgram } from '../core/programs.ts';

/** A command that says by itself what runs it. */
const stacks: [language: string, runs: RegExp][] = [
  ['javascript', /(^|[\s;&|/])(node|npm|npx|pnpm|yarn|tsx|ts-node)(\s|$)/m],
  ['python', /(^|[\s;&|/])(python[\d.]*|pytest|uvicorn|gunicorn|flask|uv)(\s|$)/m],
  ['go', /(^|[\s;&|])go\s+(test|run)\s/m],
  ['rust', /(^|[\s;&|])cargo\s|(^|[\s/])target\/(release|debug)\//m],
];

/** Words that only run what stands after them. */
const before = /^(\w+=\S*|exec|env|time|nice|nohup|-\S*)$/;

/** So much of a file is read, in bytes, and so many of its lines are followed. */
const enough = 16_384;
const mostLines = 50;

type Place = { cwd: string; env: NodeJS.ProcessEnv };

/**
 * What runs a command, as recon names languages: told by its words, else by the file that it starts, a script or a binary of the
 * project (`c` stands for all of those). Null where neither tells.
 */
export function stackOf(script: string, place: Place): string | null {
  return told(script) ?? startedBy(script, place, 2);
}

const told = (text: string) => stacks.find(([, runs]) => runs.test(text))?.[0] ?? null;

/** `deep`: how many scripts may lead to the next. */
function startedBy(line: string, place: Place, deep: number): string | null {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => !before.test(word));
  const [first = ''] = words;
  const isShell = /^(ba|da|z)?sh$/.test(first);
  const name = isShell ? (words[1] ?? '') : first;
  const file = isShell || name.includes('/') ? resolve(place.cwd, name) : findProgram(name, place.env);
  const text = file === undefined ? null : startOf(file);
  if (text === null) return null;
  // what lies on the PATH, such as make, may run anything
  if (isBinary(text)) return name.includes('/') ? 'c' : null;
  const [head = ''] = text.split('\n', 1);
  const isScript = isShell || /^#!.*sh\b/.test(head);
  if (!isScript || deep === 0) return head.startsWith('#!') ? told(head) : null;
  const lines = text
    .split('\n')
    .filter((each) => !/^\s*(#|$)/.test(each))
    .slice(0, mostLines);
  return told(lines.join('\n')) ?? firstOf(lines, (each) => startedBy(each, place, deep - 1));
}

/** ELF, and Mach-O of 64 bits or for several processors. */
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
    if (!statSync(file).isFile()) return null; // a pipe would be waited for
    const fd = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(enough);
      return bytes.toString('latin1', 0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}
