import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesWritten } from '../../measure/sessions/turns.ts';
import type { Caveat } from './caveat.ts';

/** The part of the bytes saved that must be gone from the tree altogether. */
const SHARE = 0.5;

/** Whether what the judged files lost lies elsewhere in the tree. `saved` in bytes; roots are the tops of both trees, after their last run. */
export function sizeElsewhere(saved: number, roots: { base: string; candidate: string }): Caveat[] {
  const altogether = bytesIn(roots.base) - bytesIn(roots.candidate);
  return saved > 0 && altogether < SHARE * saved ? [{ code: 'size_elsewhere', saved, altogether }] : [];
}

/** The sizes of all files but those of the arm’s repository. */
function bytesIn(root: string): number {
  const names = readdirSync(root).filter((name) => name !== '.git');
  return bytesWritten(
    names.map((name) => join(root, name)),
    0n,
  );
}
