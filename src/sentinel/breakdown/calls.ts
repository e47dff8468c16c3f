import { basename } from 'node:path';
import { connects, type Kind, kindOf } from './kinds.ts';

/**
 * A change of a thread's state: from this moment, `state` is the kind of work that the thread does. `at`: the moment in ms. `gone`: the
 * thread has ended. `program`: the program that the thread runs.
 */
export type Change = { at: number; thread: number; state: Kind | 'gone'; program: string };

/** The largest number of lines that are read from one trace. */
const MOST_LINES = 400_000;

const aLine = /^(\d+) +(\d+)\.(\d+) (.*)$/;
const aCall = /^(\w+)\((.*)$/;
const aProgram = /^(?:\d+<[^>]*>, |AT_FDCWD<[^>]*>, )?"((?:[^"\\]|\\.)*)"/;

type Thread = { program: string; connections: number; state: Kind; words: string };

/**
 * Reads the changes of all threads' states, in the order of time, from the output of `strace -f -q -ttt -T -yy`. The first line belongs to
 * the hook's main process.
 */
export function changesIn(text: string): Change[] {
  const threads = new Map<number, Thread>();
  const changes: Change[] = [];
  let start = Number.NaN;
  for (const line of text.split('\n', MOST_LINES)) {
    const [, pid, seconds, part, rest = ''] = aLine.exec(line) ?? [];
    if (pid === undefined) continue;
    const moment = Number(seconds) * 1000 + Number(`0.${part}`) * 1000;
    if (Number.isNaN(start)) start = moment;
    const at = moment - start;
    const id = Number(pid);
    const thread = threads.get(id) ?? { program: '', connections: 0, state: 'computing' as Kind, words: '' };
    threads.set(id, thread);
    const put = (when: number, state: Kind | 'gone') =>
      changes.push({ at: when, thread: id, state, program: thread.program });
    if (rest.startsWith('+++')) put(at, 'gone');
    else if (rest.startsWith('<...')) {
      const [, call = ''] = /^<\.\.\. (\w+) resumed>/.exec(rest) ?? [];
      ended(call, rest);
      put(at, 'computing');
    } else {
      const [, call, words = ''] = aCall.exec(rest) ?? [];
      if (call === undefined) continue; // a signal
      if (/^execve/.test(call)) thread.words = words;
      if (thread.program === '') thread.program = nameIn(words);
      put(at, kindOf(call, words, thread.connections > 0));
      thread.connections = Math.max(0, thread.connections + connects(call, words));
      const [, took] = /<(\d+\.\d+)>$/.exec(words) ?? [];
      if (took === undefined) continue; // no end to record: the end of the call is on a later line, or the call never ends
      ended(call, words);
      put(at + Number(took) * 1000, 'computing');
    }

    /** Records a call that starts a new program or a new process. */
    function ended(call: string, said: string): void {
      const [, result] = / = (\d+)(?: |$)/.exec(said) ?? [];
      if (/^execve/.test(call) && result === '0') thread.program = nameIn(thread.words);
      if (!/^(fork|vfork|clone3?)$/.test(call) || result === undefined || threads.has(Number(result))) return;
      threads.set(Number(result), { program: thread.program, connections: 0, state: 'processes', words: '' });
      changes.push({ at, thread: Number(result), state: 'processes', program: thread.program });
    }
  }
  return changes.sort((a, b) => a.at - b.at);
}

const nameIn = (words: string): string => basename(aProgram.exec(words)?.[1] ?? '') || '?';
