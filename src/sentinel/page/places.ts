import { isAbsolute, relative } from 'node:path';
import { oneLine } from '../../core/text.ts';
import type { Place } from '../shell/script.ts';

/** The path of a file, relative to the measured folder. The path of a file outside of this folder is absolute. */
export function shortPath(file: string, place: string): string {
  const path = relative(place, file);
  return oneLine(path === '' || path.startsWith('..') || isAbsolute(path) ? file : path);
}

/** The lines of each file as one text, such as `hooks/run.sh:12, 14`. */
export function placesOf(lines: readonly Place[], place: string): string[] {
  const files = new Map<string, number[]>();
  for (const { file, line } of lines) files.set(file, [...(files.get(file) ?? []), line]);
  return [...files].map(([file, numbers]) => `${shortPath(file, place)}:${[...new Set(numbers)].join(', ')}`);
}
