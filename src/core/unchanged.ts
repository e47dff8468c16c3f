import { statSync } from 'node:fs';

/** What the files were that this process has looked at, by their paths. */
const seen = new Map<string, string>();

/**
 * Whether a file is the one that this process saw there first, with nothing written into it since. The change time tells, which no program
 * can set back; a file that is gone is another one.
 */
export function isAsFirstSeen(file: string): boolean {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  const now = stat ? [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs, stat.mode].join(':') : 'gone';
  const first = seen.get(file);
  if (first === undefined) seen.set(file, now);
  return first === undefined || first === now;
}
