import { type Frame, type Profile, profileBuilder } from '../model.ts';

/** A function as Python's profilers name it. */
export type PythonPlace = { path: string; line: number; name: string };

/** Built-in functions have the file `~`. */
export function frameOfPlace({ path, line, name }: PythonPlace): Frame {
  if (path === '~') return { function: name, file: null, line: null, column: null, kind: 'native' };
  return { function: name, file: path, line: line > 0 ? line : null, column: null, kind: 'code' };
}

/** A place as pstats prints it: `app.py:3(work)`; a built-in function stands alone, in braces. */
export function placeOf(text: string): PythonPlace {
  const [, path, line, name] = /^(.*):(\d+)\((.*)\)$/.exec(text.trim()) ?? [];
  return name === undefined ? { path: '~', line: 0, name: text.trim() } : { path: path!, line: Number(line), name };
}

/** A profile of own times alone. What `total` (seconds) has more than the listed functions belongs to nobody. */
export function listedCalls(
  format: string,
  listed: readonly { place: PythonPlace; seconds: number; calls: number }[],
  total: number,
): Profile {
  const builder = profileBuilder(format, 'ms', false);
  const sum = listed.reduce((all, { seconds }) => all + seconds, 0);
  for (const { place, seconds, calls } of listed)
    builder.add(builder.node(-1, frameOfPlace(place)), seconds * 1000, calls);
  const rest: Frame = { function: '(not listed)', file: null, line: null, column: null, kind: 'native' };
  if (total > sum) builder.add(builder.node(-1, rest), (total - sum) * 1000, 0);
  return builder.done();
}
