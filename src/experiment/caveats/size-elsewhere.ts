import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesWritten } from '../../measure/sessions/turns.ts';
import type { Caveat } from './caveat.ts';

/** The fraction of the saved bytes that must be gone from the whole tree. */
const SHARE = 0.5;

/**
 * Whether the bytes that the judged files lost moved elsewhere in the tree. `saved` in bytes; `roots`: the tops of both trees, after their
 * last run.
 */
export function sizeElsewhere(saved: number, roots: { base: string; candidate: string }): Caveat[] {
  const altogether = bytesIn(roots.base) - bytesIn(roots.candidate);
  return saved > 0 && altogether < SHARE * saved ? [{ code: 'size_elsewhere', saved, altogether }] : [];
}

/** The total size of all files except those of the arm’s git repository, in bytes. */
function bytesIn(root: string): number {
  const names = readdirSync(root).filter((name) => name !== '.git');
  return bytesWritten(
    names.map((name) => join(root, name)),
    0n,
  );
}
