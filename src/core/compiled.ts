import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, stopWithUs } from './exec.ts';
import { makeDir, move, remove, setMode, temporaryDir } from './fs.ts';
import { asset, userCache } from './locate.ts';
import { sweepFoldersIn } from './temporary-files.ts';
import { lastWords } from './text.ts';
import { isAsFirstSeen } from './unchanged.ts';

/**
 * A small program in C that ships as source code. `sources`: the paths of its source files in the package; the first file includes the
 * others.
 */
export type Sources = { name: string; sources: readonly [string, ...string[]] };

/**
 * The latest change time, in ms since 1970, that a cached program may have. Any program that this user runs can write to the cache. A
 * verdict therefore uses only programs that were compiled before the start of the run, or programs in a temporary folder of this
 * process. The change time is reliable, because no program can set a change time back.
 */
export type Trust = number;

/** The setting for measurements without a verdict: any cached program is used. */
export const anyTime: Trust = Number.POSITIVE_INFINITY;

/** The setting for the start of a run: perf-gate compiles the program now, and replaces the cached program if the two differ. */
export const compiledNow: Trust = -1;

/** The setting for a verdict outside a run: perf-gate uses only programs that this process compiles. */
export const ownAlone: Trust = 0;

/**
 * Tried in this order. The measured peak memory of a program is never below the peak memory of the helper. A statically linked helper
 * needs less than any program; a dynamically linked helper needs 1.3 MB. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

type Compiled = string | { missing: string };

/** The paths of the programs that this process compiled, by the path that each program would have in the cache. */
const ours = new Map<string, string>();

/**
 * The path of the compiled program, or the reason why the program cannot be compiled. The file's name holds a hash of the sources and the
 * linker flags, so that each version of perf-gate has its own file.
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

/**
 * Whether only this user and root can write to a path. A symbolic link fails this check, and so does a path that other users can write
 * to. A file also fails if the file's group can write to the file.
 */
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

/** Whether two compiled files are equal: the same sources and the same compiler give the same bytes. */
const isSame = (made: string, file: string): boolean =>
  isOnlyOurs(file) && readFileSync(made).equals(readFileSync(file));

/**
 * The final rename keeps the compiled file intact when several processes compile at once. Removes temporary folders that killed processes
 * left behind.
 */
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
      // a file with the same content stays, because another process may be using it for a measurement
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
