import { failure } from '../core/errors.ts';
import { git, type Place, tryGit } from './git.ts';
import { readRef, swapRef } from './refs.ts';
import { head } from './repo.ts';

type NewCommit = { tree: string; parents: readonly string[]; message: string; sign?: boolean };

/**
 * A commit to add to a branch. `branch`: the short name of the checked-out branch, null for a detached HEAD. `tip`: the branch's present
 * commit.
 */
type Step = { branch: string | null; tip: string; tree: string; message: string; sign?: boolean };

/** Writes a commit that no ref points to yet. Runs no hook, and signs the commit only on request. */
export async function writeCommit(repo: Place, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  const args = ['commit-tree', ...(commit.sign ? ['-S'] : []), commit.tree, ...parents, '-F', '-'];
  return (await git(repo, args, { env: await identity(repo), input: withNewline(commit.message) })).trim();
}

/**
 * Adds a commit to the checked-out branch by compare and swap. Returns the commit's id. Index and work tree stay as they are. A
 * repeated call adds nothing and returns the same id.
 * @throws branch_changed
 * @throws branch_moved
 */
export async function takeStep(repo: Place, step: Step): Promise<string> {
  const taken = await mayTakeStep(repo, step);
  if (taken) return taken;
  const { branch, tip, tree, message, sign = false } = step;
  const commit = await writeCommit(repo, { tree, parents: [tip], message, sign });
  const ref = branchRef(branch);
  if (!(await swapRef(repo, ref, commit, tip))) throw moved(step, (await readRef(repo, ref)) ?? 'nothing');
  return commit;
}

/**
 * Throws the error with which `takeStep` would refuse. Changes nothing. If the step was taken already, returns its commit.
 * @throws branch_changed
 * @throws branch_moved
 */
export async function mayTakeStep(repo: Place, step: Step): Promise<string | undefined> {
  const { branch, tip, tree, message } = step;
  const now = await head(repo);
  if (now.branch !== branch) throw failure('branch_changed', { expected: name(branch), found: name(now.branch) });
  if (now.commit === tip) return undefined;
  if (await isCommit(repo, now.commit, { tree, parents: [tip], message })) return now.commit;
  throw moved(step, now.commit);
}

const moved = ({ branch, tip }: Step, found: string) =>
  failure('branch_moved', { branch: name(branch), expected: tip, found });

/** The ref of the checked-out branch. For a detached HEAD, this is `HEAD`. */
export function branchRef(branch: string | null): string {
  return branch === null ? 'HEAD' : `refs/heads/${branch}`;
}

/** The content of a commit object without the dates, author and committer. */
export async function readCommit(repo: Place, id: string): Promise<Required<Omit<NewCommit, 'sign'>>> {
  const text = await git(repo, ['cat-file', 'commit', id]);
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const values = (key: string) => lines.filter((l) => l.startsWith(`${key} `)).map((l) => l.slice(key.length + 1));
  return { tree: values('tree')[0]!, parents: values('parent'), message: text.slice(end + 2) };
}

/** Whether the commit `id` has the tree, the parents and the message of `wanted`. */
export async function isCommit(repo: Place, id: string, wanted: NewCommit): Promise<boolean> {
  const { tree, parents, message } = await readCommit(repo, id);
  return tree === wanted.tree && parents.join() === wanted.parents.join() && message === withNewline(wanted.message);
}

/**
 * The commits between `from` and `to` whose message has the run's trailer, oldest first. Each commit comes with the number of its attempt,
 * read from the message.
 */
export async function commitsOfRun(
  repo: Place,
  { run, from, to }: { run: string; from: string; to: string },
): Promise<{ commit: string; attempt: number }[]> {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`;
  const format = ['%H', trailer('Perf-Gate-Run'), trailer('Perf-Gate-Attempt')].join('%x00');
  const listed = await git(repo, ['log', '--reverse', `--format=${format}`, '--end-of-options', `${from}..${to}`]);
  return listed
    .split('\n')
    .map((line) => line.split('\0'))
    .filter(([, of, attempt]) => of === run && attempt)
    .map(([commit, , attempt]) => ({ commit: commit!, attempt: Number(attempt) }));
}

/**
 * Environment variables for a commit. If git knows no author or no committer, as on a new machine, the variables name perf-gate instead.
 */
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
