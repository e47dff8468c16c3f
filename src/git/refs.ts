import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { git, type Place, tryGit } from './git.ts';

/**
 * perf-gate's refs lie outside `refs/heads`: they are no branches and are not pushed. Git's garbage collection keeps the objects that a ref
 * points to.
 */
const space = 'refs/perf-gate';

/** `refs/perf-gate/<run>/attempts/3`. */
export function runRef(run: string, name: string): string {
  return `${space}/${run}/${name}`;
}

/** The object that a ref points to. Undefined if the ref does not exist. */
export async function readRef(repo: Place, ref: string): Promise<string | undefined> {
  const asked = await tryGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
  return asked.exitCode === 0 ? asked.stdout.trim() : undefined;
}

/** Whether git has all of these objects. */
export async function hasObjects(repo: Place, ids: readonly string[]): Promise<boolean> {
  const input = ids.map((id) => `${id}\n`).join('');
  return !/ missing$/m.test(await git(repo, ['cat-file', '--batch-check'], { input }));
}

/**
 * Compare and swap: sets the ref to `to` if the ref points to `expected`. If `expected` is null, the ref must not exist. Returns false if
 * the ref points to another object.
 * @throws git_failed
 */
export async function swapRef(repo: Place, ref: string, to: string, expected: string | null): Promise<boolean> {
  const old = expected ?? '0'.repeat(to.length);
  const args = ['update-ref', '--no-deref', '-m', 'perf-gate', ref, to, old];
  const done = await tryGit(repo, args);
  if (done.exitCode === 0) return true;
  if ((await readRef(repo, ref)) !== (expected ?? undefined)) return false;
  await git(repo, args); // a second try: either the ref was locked only for a moment, or git's error is thrown
  return true;
}

/** All refs of a run. Each key is the part of a ref's name after `refs/perf-gate/<run>/`, and each value is the id of the ref's object. */
export async function listRefs(repo: Place, run: string): Promise<Record<string, string>> {
  const prefix = runRef(run, '');
  const found = await allRefs(repo);
  return Object.fromEntries(
    found.filter(([ref]) => ref.startsWith(prefix)).map(([ref, id]) => [ref.slice(prefix.length), id]),
  );
}

const PROJECT = 'Perf-Gate-Project';

/** The trailer in the message of a run's first snapshot. The trailer's value is the path of the run's project below git's top level. */
export const projectTrailer = (prefix: string) => `${PROJECT}: ${encodeURIComponent(prefix || '.')}`;

/** The runs whose first snapshot has the project trailer, each with the run's folder below git's top level: `.` or `packages/app/`. */
export async function foldersOfRuns(repo: Place): Promise<{ run: string; folder: string }[]> {
  const format = `%(refname)%00%(contents:trailers:key=${PROJECT},valueonly,separator=%x2C)`;
  const listed = await git(repo, ['for-each-ref', `--format=${format}`, `${space}/*/base`]);
  return listed.split('\n').flatMap((line) => {
    const [ref, folder] = line.split('\0');
    return ref && folder ? [{ run: runOf(ref), folder: decodeURIComponent(folder) }] : [];
  });
}

/** Deletes all refs of a run in one transaction. */
export async function deleteRefs(repo: Place, run: string): Promise<void> {
  await drop(
    repo,
    (await allRefs(repo)).filter(([ref]) => ref.startsWith(runRef(run, ''))),
  );
}

/**
 * Whether a ref keeps edits that perf-gate removed from the work tree before they got a verdict. Such a ref can point to the only copy of
 * the edits.
 */
const isKept = (ref: string) => ref.split('/')[3] === 'kept';

/**
 * Deletes the refs of the named runs. Refs that keep edits are deleted only with `alsoKept`. Returns the runs that lost a ref, sorted, and
 * the number of kept refs. The runs must be named, because the repository also has the refs of other projects and work trees. Git's own
 * garbage collection later removes the objects that the deleted refs pointed to.
 */
export async function gc(
  repo: Place,
  runs: readonly string[],
  alsoKept: boolean,
): Promise<{ dropped: string[]; kept: number }> {
  const all = (await allRefs(repo)).filter(([ref]) => runs.includes(runOf(ref)));
  const old = all.filter(([ref]) => alsoKept || !isKept(ref));
  await drop(repo, old);
  return { dropped: [...new Set(old.map(([ref]) => runOf(ref)))].sort(), kept: all.length - old.length };
}

async function allRefs(repo: Place): Promise<(readonly [ref: string, id: string])[]> {
  const listed = await git(repo, ['for-each-ref', '--format=%(refname) %(objectname)', `${space}/`]);
  return listed
    .split('\n')
    .filter(Boolean)
    .map((entry) => entry.split(' ') as [string, string]);
}

async function drop(repo: Place, refs: readonly (readonly [ref: string, id: string])[]): Promise<void> {
  if (refs.length === 0) return;
  const input = refs.map(([ref, id]) => `delete ${ref}\0${id}\0`).join('');
  await git(repo, ['update-ref', '--no-deref', '-z', '--stdin'], { input });
}

function runOf(ref: string): string {
  return ref.split('/')[2] ?? '';
}

/**
 * The existing lock files of git, as absolute paths: locks of the index, HEAD, the packed refs, the branches in the folder of the run's
 * branch, and the run's own refs. A killed git leaves such locks behind. The locks are reported and never removed, because another git may
 * be running. The lock of HEAD is listed even if no later step of the run changes HEAD.
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

/** The git folder that contains the refs, such as `/home/me/app/.git`. For a linked worktree, this is the main repository's folder. */
function commonDir({ gitDir }: Place): string {
  const file = join(gitDir, 'commondir');
  return existsSync(file) ? resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir;
}

function locksIn(dir: string, recursive: boolean): string[] {
  if (!existsSync(dir)) return [];
  const names = readdirSync(dir, { recursive, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.lock')).map((name) => join(dir, name));
}
