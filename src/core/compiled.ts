import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, stopWithUs } from './exec.ts';
import { makeDir, move, remove, setMode, temporaryDir } from './fs.ts';
import { asset, userCache } from './locate.ts';
import { sweepFoldersIn } from './temporary-files.ts';
import { lastWords } from './text.ts';
import { isAsFirstSeen } from './unchanged.ts';

/** A small program in C that ships as its source: `name` of the program, `sources` as paths of the package; the first includes the others. */
export type Sources = { name: string; sources: readonly [string, ...string[]] };

/**
 * The latest change time, in ms since the epoch, of a cached program that may be used. Every program of the user can write to the cache.
 * A verdict therefore uses only programs that were compiled before the run began, or that this process compiles into a folder of its own,
 * which is removed when it ends. The change time is reliable: no program can set it back.
 */
export type Trust = number;

/** For measurements without a verdict. */
export const anyTime: Trust = Number.POSITIVE_INFINITY;

/** For the start of a run: compiles now, and replaces the cached program if it differs. */
export const compiledNow: Trust = -1;

/** For a verdict outside a run: uses only programs that this process compiles. */
export const ownAlone: Trust = 0;

/**
 * Tried in this order. The peak memory of a measured program is never below that of the helper: 1.3 MB with dynamic linking, less than any
 * program with static linking. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

type Compiled = string | { missing: string };

/** The programs that this process compiled, by the paths that they would have in the cache. */
const ours = new Map<string, string>();

/**
 * Path of the program, or the reason why it cannot be made. The name holds a hash of the sources and the linker flags, so that each version
 * of perf-gate has its own file.
 */
export async function compiled(program: Sources, env: NodeJS.ProcessEnv, trust = anyTime): Promise<Compiled> {
  const dir = userCache(env);
  const name = nameOf(program);
  const file = join(dir, name);
  if (!isMade(dir)) return { missing: `${dir} cannot be made` };
  if (isOnlyOurs(dir)) {
    if (isOnlyOurs(file) && statSync(file).ctimeMs < trust) return file;
    if (trust === anyTime || trust === compiledNow) return compile(program, file, env);
  }
  const known = ours.get(file);
  if (known && isAsFirstSeen(known)) return known;
  const made = await compileForUs(program, { dir, name }, env);
  if (typeof made === 'string') ours.set(file, made);
  return made;
}

function isMade(dir: string): boolean {
  try {
    makeDir(dir);
    return true;
  } catch {
    return false;
  }
}

function nameOf({ name, sources }: Sources): string {
  const hashed = createHash('sha256').update(JSON.stringify(linking));
  for (const source of sources) hashed.update(readFileSync(asset(source)));
  return `${name}-${process.platform}-${process.arch}-${hashed.digest('hex').slice(0, 16)}`;
}

/** Whether only this user and root can write to it: no symbolic link, and not writable by others; a file not by its group either. */
function isOnlyOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || !(found.isFile() || found.isDirectory())) return false;
  const owned = process.getuid === undefined || [0, process.getuid()].includes(found.uid);
  return owned && (found.mode & (found.isFile() ? 0o022 : 0o002)) === 0;
}

async function compileForUs(
  program: Sources,
  { dir, name }: { dir: string; name: string },
  env: NodeJS.ProcessEnv,
): Promise<Compiled> {
  sweepFoldersIn(dir, OWN);
  const own = temporaryDir(dir, OWN);
  stopWithUs(() => remove(own));
  const made = await compile(program, join(own, name), env);
  if (typeof made === 'string') isAsFirstSeen(made);
  return made;
}

const OWN = 'own-';

/** The same sources and compiler give the same bytes. */
const isSame = (made: string, file: string): boolean =>
  isOnlyOurs(file) && readFileSync(made).equals(readFileSync(file));

/** The final rename keeps the file intact when several processes compile at once. Removes folders that killed processes left behind. */
async function compile({ name, sources }: Sources, file: string, env: NodeJS.ProcessEnv): Promise<Compiled> {
  let folder: string | undefined;
  try {
    sweepFoldersIn(dirname(file), OWN);
    folder = temporaryDir(dirname(file), OWN);
    const temporary = join(folder, name);
    let said = '';
    for (const flags of linking) {
      const args = ['-O1', ...flags, '-o', temporary, asset(sources[0])];
      const compiler = await run('cc', args, { env, timeoutMs: 60_000 });
      if (compiler.notFound) return { missing: 'no C compiler (cc) in the PATH' };
      said = compiler.stderr;
      if (compiler.exitCode !== 0) continue;
      setMode(temporary, 0o755);
      // an equal file stays: another process may be measuring with it
      if (!isSame(temporary, file)) move(temporary, file);
      return file;
    }
    return { missing: `cc failed: ${lastWords(said)}` };
  } catch (error) {
    return { missing: `${file} cannot be written: ${(error as Error).message}` };
  } finally {
    if (folder) remove(folder);
  }
}
