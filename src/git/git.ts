import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../core/errors.ts';
import { type Finished, run } from '../core/exec.ts';

/** Where git works: the folder that files are read from and written to, and the repository's own folder. Both absolute. */
export type Place = { root: string; gitDir: string };

type GitOptions = {
  /** Added to the environment; an index file of ours goes here. */
  env?: Record<string, string>;
  input?: string | Uint8Array;
};

/** Nothing of the user's configuration may run a hook, sign, watch the file system, or start a collection behind our back. */
const settings = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.safecrlf=false',
  'commit.gpgSign=false',
  'i18n.commitEncoding=UTF-8',
  // The journal may say that a commit is made only when it is on the disk.
  'core.fsync=loose-object,reference',
  'core.fsyncMethod=batch',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** What a git hook, an alias or an editor leaves in the environment points git elsewhere; only who, which configuration, and how a filter fetches stay. */
const inherited =
  /^GIT_(CONFIG|AUTHOR_|COMMITTER_|CEILING_DIRECTORIES$|DISCOVERY_|EXEC_PATH$|ATTR_NOSYSTEM$|LFS_|SSH|ASKPASS$)/;

/** Runs git and gives its standard output. Throws `git_failed` for any exit but 0. */
export async function git(place: Place, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return output(args, await tryGit(place, args, options));
}

/** The same for commands that take the lock of the user's index, which an editor may hold for a moment. Throws `index_locked` besides. */
export async function gitWithLock(place: Place, args: readonly string[], options: GitOptions = {}): Promise<string> {
  let finished = await tryGit(place, args, options);
  for (let tries = 0; tries < 20 && isLocked(finished); tries++) {
    await pause(100);
    finished = await tryGit(place, args, options);
  }
  if (isLocked(finished)) throw failure('index_locked', { file: join(place.gitDir, 'index.lock') });
  return output(args, finished);
}

const isLocked = ({ exitCode, stderr }: Finished) => exitCode === 128 && /index\.lock'?: File exists/.test(stderr);

/** Runs git where its exit code is an answer. Throws `git_missing` only. */
export function tryGit(place: Place, args: readonly string[], options: GitOptions = {}): Promise<Finished> {
  return gitIn(place.root, args, {
    ...options,
    env: { GIT_DIR: place.gitDir, GIT_WORK_TREE: place.root, ...options.env },
  });
}

/** Runs git where the repository is still to be found from `cwd`. */
export async function gitIn(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<Finished> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || inherited.test(name));
  const env = {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    ...options.env,
  };
  // An index of ours is one file that goes away whole; the user's stays as split as it is.
  const split = options.env?.GIT_INDEX_FILE ? ['-c', 'core.splitIndex=false'] : [];
  const finished = await run('git', [...settings, ...split, ...args], {
    cwd,
    env,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (finished.notFound) throw failure('git_missing');
  return finished;
}

/** What git, or a filter of Git LFS's kind, says when a required filter cannot do its work. */
const isFilter = /^error: external filter '|^fatal: .*(clean|smudge) filter '|\bfilter-process\b/m;

/** The standard output of a git that exited with 0; throws `disk_full`, `filter_failed` or `git_failed` otherwise. */
export function output(args: readonly string[], finished: Finished): string {
  if (finished.exitCode === 0) return finished.stdout;
  if (/No space left on device|Disk quota exceeded/.test(finished.stderr))
    throw failure('disk_full', { path: `what git writes (git ${args[0]})` });
  const reason = finished.stderr || (finished.signal ? `ended by ${finished.signal}` : 'no message');
  if (isFilter.test(reason)) throw failure('filter_failed', { reason });
  throw failure('git_failed', { command: `git ${args.join(' ')}`, stderr: reason });
}

/** The fields of a `-z` format. */
export function fields(text: string): string[] {
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
