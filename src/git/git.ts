import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../core/errors.ts';
import { type Finished, run } from '../core/exec.ts';
import { OLDEST_GIT } from './version.ts';

/**
 * The repository for a git command. `root`: the work tree that git reads and writes. `gitDir`: the repository's own folder. Both are
 * absolute paths.
 */
export type Place = { root: string; gitDir: string };

type GitOptions = {
  /** Variables that are added to git's environment, for example for a temporary index file. */
  env?: Record<string, string>;
  input?: string | Uint8Array;
};

/**
 * Settings that override the user's configuration: while perf-gate works, git must not run hooks, sign commits, watch the file system or
 * collect garbage.
 */
const settings = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.safecrlf=false',
  'commit.gpgSign=false',
  'i18n.commitEncoding=UTF-8',
  // the journal must not record a commit before the commit is on disk
  'core.fsync=loose-object,reference',
  'core.fsyncMethod=batch',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/**
 * The `GIT_…` variables that git inherits: identity, configuration, and the variables with which filters fetch files. Other `GIT_…`
 * variables, which hooks, aliases and editors set, would point git to another repository.
 */
const inherited =
  /^GIT_(CONFIG|AUTHOR_|COMMITTER_|CEILING_DIRECTORIES$|DISCOVERY_|EXEC_PATH$|ATTR_NOSYSTEM$|LFS_|SSH|ASKPASS$)/;

/** Runs git and returns its standard output. @throws git_failed: for any exit code but 0. */
export async function git(place: Place, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return output(args, await tryGit(place, args, options));
}

/**
 * Runs a git command that locks the user's index. Retries for two seconds, because an editor can have the index's lock for a moment.
 * @throws index_locked
 */
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

/** Runs git and returns the result for any exit code. @throws git_missing */
export function tryGit(place: Place, args: readonly string[], options: GitOptions = {}): Promise<Finished> {
  return gitIn(place.root, args, {
    ...options,
    env: { GIT_DIR: place.gitDir, GIT_WORK_TREE: place.root, ...options.env },
  });
}

/** Runs git in a folder, from which git finds the repository. @throws git_missing */
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
  // A temporary index must be a single file, so that removing the file leaves nothing behind. A split index of the user stays split.
  const split = options.env?.GIT_INDEX_FILE ? ['-c', 'core.splitIndex=false'] : [];
  const finished = await run('git', [...settings, ...split, ...args], {
    cwd,
    env,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (finished.notFound) throw failure('git_missing', { oldest: OLDEST_GIT });
  return finished;
}

/** Matches the message that git, or a filter such as Git LFS, prints when a required filter fails. */
const isFilter = /^error: external filter '|^fatal: .*(clean|smudge) filter '|\bfilter-process\b/m;

/** Matches git's message when a partial clone lacks an object and its remote cannot be reached. */
const isMissing = /could not fetch ([0-9a-f]{40,64}) from promisor remote/;

/**
 * Returns git's standard output if git exited with 0. Otherwise, throws an error.
 * @throws disk_full
 * @throws object_missing
 * @throws filter_failed
 * @throws git_failed: for every other exit
 */
export function output(args: readonly string[], finished: Finished): string {
  if (finished.exitCode === 0) return finished.stdout;
  if (/No space left on device|Disk quota exceeded/.test(finished.stderr))
    throw failure('disk_full', { path: `what git writes (git ${args[0]})` });
  const reason = finished.stderr || (finished.signal ? `ended by ${finished.signal}` : 'no message');
  if (isFilter.test(reason)) throw failure('filter_failed', { reason });
  const [, object] = isMissing.exec(reason) ?? [];
  if (object) throw failure('object_missing', { object, command: `git ${args[0]}` });
  throw failure('git_failed', { command: `git ${args.join(' ')}`, stderr: reason });
}

/** Splits git's `-z` output at its NUL bytes. */
export function fields(text: string): string[] {
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
