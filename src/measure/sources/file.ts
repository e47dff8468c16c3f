import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Absence, Traces } from './source.ts';

/** What changes whenever a file is written: even a copy that keeps the old times has a new change time. */
function stamp(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

/** Stamps of the files that numbers or output will be read from, to be taken right before an execution. */
export function stampsOf(read: readonly unknown[], cwd: string): Map<string, string | undefined> {
  const files = read.flatMap((from) => (hasFile(from) ? [from.file] : []));
  return new Map(files.map((file) => [file, stamp(resolve(cwd, file))]));
}

function hasFile(from: unknown): from is { file: string } {
  return typeof from === 'object' && from !== null && 'file' in from;
}

/** The text of a file that this execution wrote; one that was there before and is unchanged would give an old number. */
export function fresh(file: string, traces: Traces): { text: string } | Absence {
  const path = resolve(traces.cwd, file);
  const now = stamp(path);
  const expected = `the file ${file}, written by the command`;
  if (now === undefined) return { expected, found: 'no such file' };
  if (now === traces.before.get(file)) return { expected, found: 'a file from before, which it did not write' };
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { expected, found: (error as Error).message };
  }
}
