import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { lastWords } from '../../core/text.ts';
import type { Absence, CountedSource } from './source.ts';

/** The sources that a counting program measures. Each source needs an execution of its own. Child processes are included. */
export const counters = {
  instructions: {
    about: 'instructions in user space, counted by the processor (`perf`) at full speed',
    unit: '',
    offeredBy: [],
    launcher: (dir) => ['perf', 'stat', '-x', ',', '-e', 'instructions:u', '-o', join(dir, 'perf'), '--'],
    read: (dir) => perfCount(readFileSync(join(dir, 'perf'), 'utf8')),
  },
  callgrind: {
    about: 'instructions in user space, simulated by valgrind; about 50 times slower',
    unit: '',
    offeredBy: [],
    // valgrind replaces `%p` by the process id, so that each process writes its own file
    launcher: (dir) => ['valgrind', ...callgrind, `--callgrind-out-file=${join(dir, 'callgrind.%p')}`],
    read: (dir) => callgrindCount(readdirSync(dir).map((file) => readFileSync(join(dir, file), 'utf8'))),
  },
} satisfies Record<string, CountedSource>;

const callgrind = ['-q', '--tool=callgrind', '--trace-children=yes', '--vgdb=no'];

export type CounterName = keyof typeof counters;

/**
 * Tries the counter on a real program, and returns the reason if the counter does not work on this machine. Otherwise returns undefined.
 */
export async function counterProblem(name: CounterName, env: Record<string, string>): Promise<string | undefined> {
  const dir = temporaryDir(env.TMPDIR ?? tmpdir(), 'pg-');
  try {
    const [file, ...args] = counters[name].launcher(dir);
    const ended = await run(file, [...args, 'true'], { env, timeoutMs: 60_000 });
    if (ended.notFound) return `there is no ${file} in the PATH`;
    if (ended.exitCode !== 0)
      return `${file} failed: ${lastWords(ended.stderr) || `exit code ${ended.exitCode ?? ended.signal}`}`;
    const count = counters[name].read(dir);
    return typeof count === 'number' ? undefined : `${file} gives ${count.found}`;
  } finally {
    remove(dir);
  }
}

/** The sum of the rows `VALUE,UNIT,EVENT,…` of `perf stat -x,`. A processor with two kinds of cores gives one row for each kind. */
export function perfCount(text: string): number | Absence {
  const rows = text.split('\n').flatMap((line) => {
    const [value = '', , event = ''] = line.split(',');
    return event.includes('instructions') ? [value] : [];
  });
  const counts = rows.filter((value) => /^\d+$/.test(value)).map(Number);
  if (counts.length > 0) return counts.reduce((sum, count) => sum + count, 0);
  return { expected: 'a number of instructions from perf', found: rows[0] ?? 'no row of instructions' };
}

/** The sum of the `summary:` lines in the files of all processes. */
export function callgrindCount(files: readonly string[]): number | Absence {
  const counts = files.flatMap((text) => [...text.matchAll(/^summary: (\d+)/gm)].map((match) => Number(match[1])));
  if (counts.length > 0) return counts.reduce((sum, count) => sum + count, 0);
  return { expected: 'a count from callgrind', found: `none in ${files.length} files` };
}
