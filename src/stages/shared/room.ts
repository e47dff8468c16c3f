import { statfsSync } from 'node:fs';
import { failure } from '../../core/errors.ts';
import { makeDir } from '../../core/fs.ts';
import { diskNeeded } from '../../git/freeze.ts';
import type { Ground } from './ground.ts';

/** The frozen copy and the two arms that are made from it. */
const COPIES = 3;
const MB = 1024 ** 2;

/**
 * Refuses to fill a disk: the copies must fit where they go before the first of them is made. A file system that shares blocks
 * between copies would need less; nobody can tell by how much. Throws `no_space`.
 */
export async function mustHaveRoom({ repo, place }: Pick<Ground, 'repo' | 'place'>): Promise<void> {
  makeDir(place);
  const { bavail, bsize } = statfsSync(place);
  const [needed, free] = [COPIES * (await diskNeeded(repo)), bavail * bsize];
  if (needed > free) {
    const megabytes = (bytes: number) => Math.ceil(bytes / MB);
    throw failure('no_space', { path: place, needed_mb: megabytes(needed), free_mb: Math.floor(free / MB) });
  }
}
