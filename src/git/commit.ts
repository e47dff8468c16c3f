import { failure } from '../core/errors.ts';
import { git, type Place, tryGit } from './git.ts';
import { readRef, swapRef } from './refs.ts';
import { head } from './repo.ts';

type NewCommit = { tree: string; parents: readonly string[]; message: string; sign?: boolean };

/** One step of a branch. `branch` is the short name of what is checked out, null for a detached HEAD; `tip` is where it stands. */
type Step = { branch: string | null; tip: string; tree: string; message: string; sign?: boolean };

/** Writes a commit that no ref names yet. No hook runs, and nothing is signed unless it is asked for: plumbing does neither. */
export async function writeCommit(repo: Place, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  const args = ['commit-tree', ...(commit.sign ? ['-S'] : []), commit.tree, ...parents, '-F', '-'];
  return (await git(repo, args, { env: await identity(repo), input: withNewline(commit.message) })).trim();
}

/**
 * Puts a commit on top of the checked-out branch, index and work tree untouched, and gives its id; the branch moves by
 * compare and swap. A step that was taken already is not taken again. Throws `branch_changed`, `branch_moved`.
 */
export async function takeStep(repo: Place, step: Step): Promise<string> {
  const { branch, tip, tree, message, sign = false } = step;
  const now = await head(repo);
  if (now.branch !== branch) throw failure('branch_changed', { expected: name(branch), found: name(now.branch) });
  const moved = (found: string) => failure('branch_moved', { branch: name(branch), expected: tip, found });
  if (now.commit !== tip) {
    if (await isCommit(repo, now.commit, { tree, parents: [tip], message })) return now.commit;
    throw moved(now.commit);
  }
  const commit = await writeCommit(repo, { tree, parents: [tip], message, sign });
  const ref = branchRef(branch);
  if (!(await swapRef(repo, ref, commit, tip))) throw moved((await readRef(repo, ref)) ?? 'nothing');
  return commit;
}

/** Where a branch is stored; HEAD itself when it is detached. */
export function branchRef(branch: string | null): string {
  return branch === null ? 'HEAD' : `refs/heads/${branch}`;
}

/** What a commit holds, whenever and by whomever it was made. */
export async function readCommit(repo: Place, id: string): Promise<Required<Omit<NewCommit, 'sign'>>> {
  const text = await git(repo, ['cat-file', 'commit', id]);
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const values = (key: string) => lines.filter((l) => l.startsWith(`${key} `)).map((l) => l.slice(key.length + 1));
  return { tree: values('tree')[0]!, parents: values('parent'), message: text.slice(end + 2) };
}

/** True when `id` is the commit that `writeCommit` would make. */
export async function isCommit(repo: Place, id: string, wanted: NewCommit): Promise<boolean> {
  const { tree, parents, message } = await readCommit(repo, id);
  return tree === wanted.tree && parents.join() === wanted.parents.join() && message === withNewline(wanted.message);
}

/** The user's name where git knows one; a name of ours where it does not, so that a fresh machine can be measured too. */
async function identity(repo: Place): Promise<Record<string, string>> {
  const roles = ['AUTHOR', 'COMMITTER'];
  const env: Record<string, string> = {};
  for (const role of roles) {
    const known = await tryGit(repo, ['-c', 'user.useConfigOnly=true', 'var', `GIT_${role}_IDENT`]);
    if (known.exitCode === 0) continue;
    env[`GIT_${role}_NAME`] = 'perf-gate';
    env[`GIT_${role}_EMAIL`] = 'perf-gate@localhost';
  }
  return env;
}

function withNewline(message: string): string {
  return message.endsWith('\n') ? message : `${message}\n`;
}

function name(branch: string | null): string {
  return branch ?? 'detached HEAD';
}
