import { type Frame, type Profile, profileBuilder } from '../model.ts';

/** A function as Python's profilers name it. Built-in functions have the path `~`. */
export type PythonFunction = { path: string; line: number; name: string };

/** A function in a table of pstats, with the function's own seconds and its number of calls. */
export type ListedFunction = { place: PythonFunction; seconds: number; calls: number };

/** The frame of a Python function; its kind is `native` for a built-in function. */
export function frameOf({ path, line, name }: PythonFunction): Frame {
  if (path === '~') return { function: name, file: null, line: null, column: null, kind: 'native' };
  return { function: name, file: path, line: line > 0 ? line : null, column: null, kind: 'code' };
}

/** A function as pstats prints it: `app.py:3(work)`; built-in functions have only a name, in braces. */
export function pythonFunction(text: string): PythonFunction {
  const [, path, line, name] = /^(.*):(\d+)\((.*)\)$/.exec(text.trim()) ?? [];
  return name === undefined ? { path: '~', line: 0, name: text.trim() } : { path: path!, line: Number(line), name };
}

/**
 * Makes a profile that has only the functions' own times. If `total` (seconds) exceeds the sum of the listed functions, the rest goes to
 * the frame `(not listed)`.
 */
export function profileWithoutCallers(format: string, listed: readonly ListedFunction[], total: number): Profile {
  const builder = profileBuilder(format, 'ms', false);
  const sum = listed.reduce((all, { seconds }) => all + seconds, 0);
  for (const { place, seconds, calls } of listed) builder.add(builder.node(-1, frameOf(place)), seconds * 1000, calls);
  const rest: Frame = { function: '(not listed)', file: null, line: null, column: null, kind: 'native' };
  if (total > sum) builder.add(builder.node(-1, rest), (total - sum) * 1000, 0);
  return builder.done();
}
