import { git, type Place, tryGit } from './git.ts';

/** Our refs live outside of `refs/heads`, so that they are neither branches nor pushed, and keep what they name from being collected. */
const space = 'refs/perf-gate';

/** `refs/perf-gate/<run>/attempts/3`. */
export function runRef(run: string, name: string): string {
  return `${space}/${run}/${name}`;
}

/** The object that a ref names; undefined when there is no such ref. */
export async function readRef(repo: Place, ref: string): Promise<string | undefined> {
  const asked = await tryGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
  return asked.exitCode === 0 ? asked.stdout.trim() : undefined;
}

/**
 * Compare and swap: the ref goes to `to` only while it names `expected` (null: while it does not exist). False when it
 * names something else by now; throws `git_failed` for every other trouble.
 */
export async function swapRef(repo: Place, ref: string, to: string, expected: string | null): Promise<boolean> {
  const old = expected ?? '0'.repeat(to.length);
  const args = ['update-ref', '--no-deref', '-m', 'perf-gate', ref, to, old];
  const done = await tryGit(repo, args);
  if (done.exitCode === 0) return true;
  if ((await readRef(repo, ref)) !== (expected ?? undefined)) return false;
  await git(repo, args); // once more: a lock that was held for a moment, or the error to show
  return true;
}

/** All refs of a run, by the name after `refs/perf-gate/<run>/`, with what they name. */
export async function listRefs(repo: Place, run: string): Promise<Record<string, string>> {
  const prefix = runRef(run, '');
  const found = await allRefs(repo);
  return Object.fromEntries(
    found.filter(([ref]) => ref.startsWith(prefix)).map(([ref, id]) => [ref.slice(prefix.length), id]),
  );
}

const PROJECT = 'Perf-Gate-Project';

/** The trailer of a run's first snapshot that says which folder of the work tree the run belongs to. */
export const projectTrailer = (prefix: string) => `${PROJECT}: ${encodeURIComponent(prefix || '.')}`;

/** The runs of this repository whose first snapshot says so, each with its folder below git's top level: `.` or `packages/app/`. */
export async function foldersOfRuns(repo: Place): Promise<{ run: string; folder: string }[]> {
  const format = `%(refname)%00%(contents:trailers:key=${PROJECT},valueonly,separator=%x2C)`;
  const listed = await git(repo, ['for-each-ref', `--format=${format}`, `${space}/*/base`]);
  return listed.split('\n').flatMap((line) => {
    const [ref, folder] = line.split('\0');
    return ref && folder ? [{ run: runOf(ref), folder: decodeURIComponent(folder) }] : [];
  });
}

/** Deletes every ref of a run, all or none. */
export async function deleteRefs(repo: Place, run: string): Promise<void> {
  await drop(
    repo,
    (await allRefs(repo)).filter(([ref]) => ref.startsWith(runRef(run, ''))),
  );
}

/**
 * Deletes the refs of old runs; gives those that had any, sorted. Only runs that are named: another project or work tree of this
 * repository keeps its own here. What they held goes with git's own collection.
 */
export async function gc(repo: Place, runs: readonly string[]): Promise<string[]> {
  const old = (await allRefs(repo)).filter(([ref]) => runs.includes(runOf(ref)));
  await drop(repo, old);
  return [...new Set(old.map(([ref]) => runOf(ref)))].sort();
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
