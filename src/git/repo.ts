import { existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, isFailure } from '../core/errors.ts';
import { isOurs } from './changes.ts';
import { fields, git, gitIn, output, type Place, tryGit } from './git.ts';
import { isTooOld, OLDEST_GIT } from './version.ts';

/**
 * The user's repository. `root`: git's top level (a real path). `project`: the folder that perf-gate works in. `prefix` is the path from
 * `root` to `project`: `''` or `'packages/app/'`.
 */
export type Repo = Place & { project: string; prefix: string };

/** A checked-out commit. `branch` is its short name, null for a detached HEAD. */
export type Head = { commit: string; branch: string | null };

/**
 * Opens the repository that a folder lies in.
 * @throws not_a_repository
 * @throws bare_repository
 * @throws no_commit
 * @throws git_too_old
 */
export async function openRepo(cwd: string): Promise<Repo> {
  if (!existsSync(cwd)) throw failure('not_a_repository', { cwd });
  const project = realpathSync(cwd);
  const top = ['rev-parse', '--show-toplevel'];
  const found = await gitIn(project, top);
  if (found.exitCode !== 0) {
    const bare = await gitIn(project, ['rev-parse', '--is-bare-repository']);
    if (bare.stdout.trim() === 'true') throw failure('bare_repository', { cwd: project });
    if (/not a git repository|must be run in a work tree/.test(found.stderr)) {
      throw failure('not_a_repository', { cwd: project });
    }
  }
  const root = realpathSync(line(output(top, found)));
  const ask = async (question: string) =>
    line(output(['rev-parse', question], await gitIn(project, ['rev-parse', question])));
  const [version, gitDir, prefix] = await Promise.all([gitVersion(), ask('--absolute-git-dir'), ask('--show-prefix')]);
  if (version !== null && isTooOld(version)) throw failure('git_too_old', { found: version, oldest: OLDEST_GIT });
  const repo = { root, gitDir, project, prefix };
  if (!(await findCommit(repo, 'HEAD'))) throw failure('no_commit', { root });
  return repo;
}

/** The repository of a folder. Null outside a repository. @throws the other errors of `openRepo` */
export async function repoOrNull(cwd: string): Promise<Repo | null> {
  try {
    return await openRepo(cwd);
  } catch (error) {
    if (isFailure(error, 'not_a_repository')) return null;
    throw error;
  }
}

/** The version of the installed git, such as `2.39.5`. Null without git. */
export async function gitVersion(): Promise<string | null> {
  try {
    const { stdout } = await gitIn(tmpdir(), ['version']);
    return /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? null;
  } catch (error) {
    if (isFailure(error, 'git_missing')) return null;
    throw error;
  }
}

/** The checked-out commit and branch. */
export async function head(repo: Place): Promise<Head> {
  const symbolic = await tryGit(repo, ['symbolic-ref', '--quiet', 'HEAD']);
  const ref = symbolic.exitCode === 0 ? line(symbolic.stdout) : '';
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return { commit: await resolveCommit(repo, 'HEAD'), branch };
}

/** The full commit id of a revision. @throws unknown_revision */
export async function resolveCommit(repo: Place, revision: string): Promise<string> {
  const commit = await findCommit(repo, revision);
  if (!commit) throw failure('unknown_revision', { revision });
  return commit;
}

/**
 * The full commit id of a revision. Undefined if the revision has no commit. A revision that begins with `-` is never
 * read as an option.
 */
export async function findCommit(repo: Place, revision: string): Promise<string | undefined> {
  if (revision.includes('\0')) return undefined;
  const asked = await tryGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  return asked.exitCode === 0 ? line(asked.stdout) : undefined;
}

/**
 * The merge base of two revisions, as in `A...B`. @throws unknown_revision: a revision has no commit, or the histories of the two revisions
 * are unrelated
 */
export async function mergeBase(repo: Place, a: string, b: string): Promise<string> {
  const [one, other] = [await resolveCommit(repo, a), await resolveCommit(repo, b)];
  const asked = await tryGit(repo, ['merge-base', one, other]);
  if (asked.exitCode === 0) return line(asked.stdout);
  throw failure('unknown_revision', { revision: `${a}...${b}` });
}

/** Whether `newer` is `older` or descends from it. False if `older` does not exist. */
export async function isAncestor(repo: Place, older: string, newer: string): Promise<boolean> {
  if (!(await findCommit(repo, older))) return false;
  return (await tryGit(repo, ['merge-base', '--is-ancestor', older, newer])).exitCode === 0;
}

/** The id of a commit's tree. The id of a tree is returned unchanged. */
export async function treeOf(repo: Place, treeish: string): Promise<string> {
  return line(await git(repo, ['rev-parse', '--verify', '--end-of-options', `${treeish}^{tree}`]));
}

/** Files in the git folder that show an unfinished operation of the user. */
const operations: readonly (readonly [file: string, name: string])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['sequencer', 'cherry-pick or revert'],
  ['BISECT_LOG', 'bisect'],
];

/** The name of the git operation that the user has not finished, such as a merge. Null if no operation is in progress. */
export function operationInProgress(repo: Place): string | null {
  return operations.find(([file]) => existsSync(join(repo.gitDir, file)))?.[1] ?? null;
}

/**
 * Tracked files that differ from the index or from HEAD, sorted. A submodule is listed if the submodule is at another commit, but not if
 * only files in it changed.
 */
export async function dirtyFiles(repo: Place): Promise<string[]> {
  const options = ['--porcelain=v1', '-z', '--no-renames', '--untracked-files=no', '--ignore-submodules=dirty'];
  return fields(await git(repo, ['status', ...options]))
    .map((entry) => entry.slice(3))
    .filter((path) => !isOurs(path))
    .sort();
}

/** The author of the new repository's commit. It is fixed, because git refuses a commit if the user has configured no identity. */
const identity = ['-c', 'user.name=perf-gate demo', '-c', 'user.email=demo@perf-gate.invalid'];

/** Turns a folder into a repository whose first commit contains everything in the folder. @throws git_failed */
export async function newRepository(dir: string, message: string): Promise<void> {
  const steps = [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '--no-verify', '--message', message],
  ];
  for (const args of steps) output(args, await gitIn(dir, args));
}

function line(text: string): string {
  return text.replace(/\n$/, '');
}
