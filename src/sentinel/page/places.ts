import { isAbsolute, relative } from 'node:path';
import { oneLine } from '../../core/text.ts';
import type { Place } from '../shell/script.ts';

/** A file's path relative to the measured folder; absolute outside of it. */
export function shortPath(file: string, place: string): string {
  const path = relative(place, file);
  return oneLine(path === '' || path.startsWith('..') || isAbsolute(path) ? file : path);
}

/** `hooks/run.sh:12, 14`, one text for each file. */
export function placesOf(lines: readonly Place[], place: string): string[] {
  const files = new Map<string, number[]>();
  for (const { file, line } of lines) files.set(file, [...(files.get(file) ?? []), line]);
  return [...files].map(([file, numbers]) => `${shortPath(file, place)}:${[...new Set(numbers)].join(', ')}`);
}
