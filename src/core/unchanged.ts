import { statSync } from 'node:fs';

/** For the path of each file: the file's size, times and inode when this process first looked at it. */
const seen = new Map<string, string>();

/**
 * Whether the file at a path is unchanged since this process first looked at it. The comparison includes the change time (ctime), because
 * no program can set it to an earlier time. A file that no longer exists counts as changed.
 */
export function isAsFirstSeen(file: string): boolean {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  const now = stat ? [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs, stat.mode].join(':') : 'gone';
  const first = seen.get(file);
  if (first === undefined) seen.set(file, now);
  return first === undefined || first === now;
}
