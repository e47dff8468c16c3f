import { statfsSync } from 'node:fs';
import { fullPlace } from '../core/disk.ts';
import { failure } from '../core/errors.ts';
import { makeDir } from '../core/fs.ts';
import { quantity } from '../core/units.ts';
import { diskNeeded } from '../git/freeze.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import type { Ground } from './setup.ts';

/** The frozen copy and the two arms that are made from it. */
const COPIES = 3;
const MB = 1024 ** 2;
/** From here on the copies are felt, in time and on the disk. */
const LARGE = 1024 ** 3;

/**
 * Refuses to fill a disk: the copies must fit where they go before the first of them is made. A file system that shares blocks
 * between copies would need less; nobody can tell by how much. Throws `no_space`.
 */
export async function mustHaveRoom({ repo, place, world }: Pick<Ground, 'repo' | 'place' | 'world'>): Promise<void> {
  makeDir(place);
  const { bavail, bsize } = statfsSync(place);
  const { bytes, largest } = await diskNeeded(repo);
  const [needed, free] = [COPIES * bytes, bavail * bsize];
  if (needed > free) {
    const [needed_mb, free_mb] = [Math.ceil(needed / MB), Math.floor(free / MB)];
    throw failure('no_space', { path: place, needed_mb, free_mb, largest: largest.path });
  }
  if (bytes < LARGE) return;
  const text = `Each arm is a copy of ${quantity(bytes, 'bytes')}, of which ${largest.path} is ${quantity(largest.bytes, 'bytes')}. \`isolation: worktree\` copies tracked files alone.`;
  world.notify({ kind: 'note', text });
}

/** A command that fails on a full disk is no fault of the code that it ran. Throws `disk_full`. */
export function mustHaveRoomLeft({ dir, env }: Arm): void {
  const full = fullPlace([dir, env.TMPDIR ?? dir]);
  if (full) throw failure('disk_full', { path: full });
}
