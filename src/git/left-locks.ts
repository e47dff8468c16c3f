import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Place } from './git.ts';
import { runRef } from './refs.ts';

/**
 * Lock files of git that are there now, absolute: of the index, HEAD, the packed refs, the branches beside the run's and the run's own
 * refs. A git that is killed leaves them. Nobody can tell whether another git is at work, so that they are named and never removed; HEAD's
 * may even stay where the branch has moved already, and no later step of ours would meet it.
 */
export function leftLocks(repo: Place, { run, branch }: { run: string; branch: string | null }): string[] {
  const common = commonDir(repo);
  const single = [
    ...['index.lock', 'HEAD.lock'].map((name) => join(repo.gitDir, name)),
    ...['packed-refs.lock', 'reftable/tables.list.lock'].map((name) => join(common, name)),
  ];
  const branches = branch === null ? [] : locksIn(dirname(join(common, 'refs/heads', branch)), false);
  return [...single.filter((file) => existsSync(file)), ...branches, ...locksIn(join(common, runRef(run, '')), true)];
}

/** Where the refs lie: in a linked worktree, the folder of the repository that it belongs to. */
function commonDir({ gitDir }: Place): string {
  const file = join(gitDir, 'commondir');
  return existsSync(file) ? resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir;
}

function locksIn(dir: string, recursive: boolean): string[] {
  if (!existsSync(dir)) return [];
  const names = readdirSync(dir, { recursive, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.lock')).map((name) => join(dir, name));
}
