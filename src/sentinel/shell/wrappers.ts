import type { Word } from './script.ts';

/**
 * A program that runs another program, the inner command. `valued`: options that take a value. `before`: the number of words before the
 * inner command. `loop`: the inner command runs repeatedly. `builtin`: the outer program has no process of its own.
 */
type Wrapper = { valued?: RegExp; before?: number; loop?: boolean; builtin?: boolean; assigns?: boolean };

const wrappers: Record<string, Wrapper> = {
  command: { builtin: true },
  builtin: { builtin: true },
  exec: { builtin: true, valued: /^-a$/ },
  env: { valued: /^(-u|--unset|-C|--chdir)$/, assigns: true },
  timeout: { valued: /^(-k|--kill-after|-s|--signal)$/, before: 1 },
  gtimeout: { valued: /^(-k|--kill-after|-s|--signal)$/, before: 1 },
  nice: { valued: /^(-n|--adjustment)$/ },
  ionice: { valued: /^-[cn]$/ },
  stdbuf: { valued: /^-[ioe]$/ },
  time: { valued: /^-[fo]$/ },
  nohup: {},
  setsid: {},
  sudo: { valued: /^-[ugC]$/, assigns: true },
  flock: { valued: /^(-w|--timeout|-E)$/, before: 1 },
  xargs: { valued: /^-[nPILdEsa]$/, loop: true },
};

/**
 * A command inside another. `loop`: the inner command runs once per item. `alone`: only the inner command has a process, because the outer
 * command is a builtin.
 */
export type Inner<W extends Word = Word> = { words: readonly W[]; loop: boolean; alone: boolean };

/** The inner command that a command runs. Null if the command runs no inner command. */
export function innerOf<W extends Word>(program: string, words: readonly W[]): Inner<W> | null {
  if (program === 'find') return ofFind(words);
  const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
  if (!wrapper || (program === 'command' && words.some(({ text }) => /^-[vV]+$/.test(text)))) return null;
  const { valued, before = 0, loop = false, builtin = false, assigns = false } = wrapper;
  let at = 0;
  while (at < words.length) {
    const { text } = words[at]!;
    if (valued?.test(text)) at += 2;
    else if (text.startsWith('-') || (assigns && /^\w+=/.test(text))) at += 1;
    else break;
  }
  const inner = words.slice(at + before);
  return inner.length > 0 ? { words: inner, loop, alone: builtin } : null;
}

/** `find … -exec COMMAND … ;` */
function ofFind<W extends Word>(words: readonly W[]): Inner<W> | null {
  const from = words.findIndex(({ text }) => /^-(exec|execdir|ok)$/.test(text));
  if (from < 0) return null;
  const rest = words.slice(from + 1);
  const to = rest.findIndex(({ text }) => /^(\\?;|\+)$/.test(text));
  const inner = rest.slice(0, to < 0 ? rest.length : to);
  return inner.length > 0 ? { words: inner, loop: true, alone: false } : null;
}
