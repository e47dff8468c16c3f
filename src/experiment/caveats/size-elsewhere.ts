import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesWritten } from '../../measure/sessions/turns.ts';
import type { Caveat } from './caveat.ts';

/** The fraction of the saved bytes by which the whole tree must shrink. */
const SHARE = 0.5;

/**
 * Whether the candidate moved the saved bytes of the judged files to other files of its tree. `saved`: the saved bytes. `roots`: the top
 * folders of both arms, after their last execution.
 */
export function sizeElsewhere(saved: number, roots: { base: string; candidate: string }): Caveat[] {
  const altogether = bytesIn(roots.base) - bytesIn(roots.candidate);
  return saved > 0 && altogether < SHARE * saved ? [{ code: 'size_elsewhere', saved, altogether }] : [];
}

/** The total size in bytes of all files outside of the arm’s git repository. */
function bytesIn(root: string): number {
  const names = readdirSync(root).filter((name) => name !== '.git');
  return bytesWritten(
    names.map((name) => join(root, name)),
    0n,
  );
}
