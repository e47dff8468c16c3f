import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, temporaryDir } from '../core/fs.ts';
import { bareBones } from './arm-repository.ts';
import { type Place, tryGit } from './git.ts';

/** A repository with the project's objects that has no settings but its own: neither the project's, nor the user's, nor the machine's. */
const noSettings = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_COUNT: '0',
  GIT_CONFIG_PARAMETERS: '',
  GIT_ATTR_NOSYSTEM: '1',
  XDG_CONFIG_HOME: '/dev/null',
  HOME: '/dev/null',
};

/**
 * Looks at files of a tree as a fresh clone would hold them, where git alone writes them. `isSame(path, file)` says whether the clone has
 * the same bytes there as `file`.
 */
export async function inClone<T>(
  repo: Place,
  { tree, paths }: { tree: string; paths: readonly string[] },
  look: (clone: { isSame(path: string, file: string): boolean }) => T,
): Promise<T> {
  const root = temporaryDir(tmpdir(), 'perf-gate-clone-');
  try {
    const gitDir = join(root, 'repository');
    await bareBones(repo, gitDir);
    const place = { root, gitDir };
    // What fails, such as a file that a partial clone lacks, is not there afterwards, and so not the same.
    await tryGit(place, ['read-tree', tree], { env: noSettings });
    const args = ['checkout-index', '--force', '-z', '--stdin', '--prefix=files/'];
    await tryGit(place, args, { env: noSettings, input: paths.map((path) => `${path}\0`).join('') });
    return look({ isSame: (path, file) => sameBytes(join(root, 'files', path), file) });
  } finally {
    remove(root);
  }
}

function sameBytes(one: string, other: string): boolean {
  try {
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false;
  }
}
