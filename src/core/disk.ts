import { statfsSync } from 'node:fs';
import { failure } from './errors.ts';

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  EIO: 'the disk failed',
};

/**
 * Translates some system errors into errors of perf-gate: `disk_full`, `no_access` or `not_a_folder`. Returns any other error unchanged.
 */
export function asDiskError(error: unknown): unknown {
  const { code = '', path = 'the disk', dest, syscall } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure('disk_full', { path: dest ?? path });
  if (code === 'ENOTDIR' || (code === 'EEXIST' && syscall === 'mkdir')) return failure('not_a_folder', { path });
  const reason = reasons[code];
  return reason ? failure('no_access', { path: dest ?? path, reason }) : error;
}

/** A disk with less free space than this (in bytes) counts as full. */
const LEAST_BYTES = 1024 ** 2;

/** The first of the given folders whose file system is full. Undefined if every file system has space. */
export function fullPlace(places: readonly string[]): string | undefined {
  return places.find((place) => {
    try {
      const { bavail, bsize, files, ffree } = statfsSync(place);
      return bavail * bsize < LEAST_BYTES || (files > 0 && ffree === 0);
    } catch {
      return false; // the folder no longer exists, which another error will show
    }
  });
}
