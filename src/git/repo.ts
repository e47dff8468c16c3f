import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { fields, git, gitIn, output, type Place, tryGit } from './git.ts';
import { isOurs } from './ours.ts';

/**
 * The user's repository. `root` is git's top level (a real path), `project` the folder that perf-gate works in, and
 * `prefix` what leads from one to the other: `''` or `'packages/app/'`.
 */
export type Repo = Place & { project: string; prefix: string };

/** A checked-out commit; `branch` is its short name, null when HEAD is detached. */
export type Head = { commit: string; branch: string | null };

/** Throws `not_a_repository`, `bare_repository`, `no_commit`. */
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
  const [gitDir, prefix] = await Promise.all(
    ['--absolute-git-dir', '--show-prefix'].map(async (question) =>
      line(output(['rev-parse', question], await gitIn(project, ['rev-parse', question]))),
    ),
  );
  const repo = { root, gitDir: gitDir!, project, prefix: prefix! };
  if (!(await findCommit(repo, 'HEAD'))) throw failure('no_commit', { root });
  return repo;
}

/** What is checked out. */
export async function head(repo: Place): Promise<Head> {
  const symbolic = await tryGit(repo, ['symbolic-ref', '--quiet', 'HEAD']);
  const ref = symbolic.exitCode === 0 ? line(symbolic.stdout) : '';
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return { commit: await resolveCommit(repo, 'HEAD'), branch };
}

/** The full id of the commit that a revision of the user's names. Throws `unknown_revision`. */
export async function resolveCommit(repo: Place, revision: string): Promise<string> {
  const commit = await findCommit(repo, revision);
  if (!commit) throw failure('unknown_revision', { revision });
  return commit;
}

/** The same, undefined when there is no such commit. A revision that looks like an option stays a revision. */
export async function findCommit(repo: Place, revision: string): Promise<string | undefined> {
  if (revision.includes('\0')) return undefined;
  const asked = await tryGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  return asked.exitCode === 0 ? line(asked.stdout) : undefined;
}

/** The tree of a commit or tree id. */
export async function treeOf(repo: Place, treeish: string): Promise<string> {
  return line(await git(repo, ['rev-parse', '--verify', '--end-of-options', `${treeish}^{tree}`]));
}

/** Files in the git folder that tell of an operation which the user has begun and not ended. */
const operations: readonly (readonly [file: string, name: string])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['sequencer', 'cherry-pick or revert'],
  ['BISECT_LOG', 'bisect'],
];

/** The name of the operation in progress, or null. */
export function operationInProgress(repo: Place): string | null {
  return operations.find(([file]) => existsSync(join(repo.gitDir, file)))?.[1] ?? null;
}

/** Tracked files that differ from the index or from HEAD, sorted. A submodule counts when its commit moved, not for its own dirt. */
export async function dirtyFiles(repo: Place): Promise<string[]> {
  const status = [
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=no',
    '--ignore-submodules=dirty',
  ];
  return fields(await git(repo, status))
    .map((entry) => entry.slice(3))
    .filter((path) => !isOurs(path))
    .sort();
}

function line(text: string): string {
  return text.replace(/\n$/, '');
}
