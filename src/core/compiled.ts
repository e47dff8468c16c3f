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
 * Until when a program in the user's cache may have come there, in ms since the epoch. Whatever a user runs can write there, so that what a
 * verdict rests on was compiled before the run began, or is compiled by this process, into a folder that goes with it. The change time tells,
 * which no program can set back.
 */
export type Trust = number;

/** For figures that are no verdict. */
export const anyTime: Trust = Number.POSITIVE_INFINITY;

/** For the beginning of a run, which trusts what lay in the cache before it: compiled now, in the place of what is not the same. */
export const compiledNow: Trust = -1;

/** For a verdict without a history: only what this process compiles. */
export const ownAlone: Trust = 0;

/**
 * Tried in this order. The peak memory of a measured program is never below that of the helper: 1.3 MB with dynamic linking, less than any
 * program with static linking. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

type Compiled = string | { missing: string };

/** The programs of this process, by where they would lie in the cache. */
const ours = new Map<string, string>();

/**
 * Path of the program, or why there is none. The name holds a hash of the sources and the linker flags, so that each version of perf-gate
 * has its own file.
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

/** Whether nobody but this user and root may have written it: no link, and not writable for all; a file not for its group either. */
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

/** The final rename keeps the file whole when several processes compile at once. A folder that a killed one left goes. */
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
      // another process may be measuring with the same
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
