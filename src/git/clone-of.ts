import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, temporaryDir } from '../core/fs.ts';
import { bareBones } from './arm-repository.ts';
import { type Place, tryGit } from './git.ts';

/** With these environment variables, git ignores the settings of the user and of the machine. */
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
 * Checks out files of a tree as a fresh clone without any settings would, and calls `look` with the result. `isSame(path, file)`: whether
 * the clone's file at `path` has the same bytes as `file`.
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
    // a file that cannot be checked out (for example in a partial clone) is missing in the checkout, and is therefore treated as different
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
