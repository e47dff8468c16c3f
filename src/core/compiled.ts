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
 * A time in ms since 1970: a cached program is used only if its change time (ctime) is earlier. The reason: any program of this user can
 * write to the cache. So a verdict uses only programs that were compiled before the run began, or programs in a temporary folder of this
 * process. The change time is reliable, because no program can set it to an earlier time.
 */
export type Trust = number;

/** The value of `Trust` for measurements without a verdict: any cached program is used. */
export const anyTime: Trust = Number.POSITIVE_INFINITY;

/**
 * The value of `Trust` for the start of a run: no cached program is used. perf-gate compiles the program, and replaces a cached program
 * that differs from the result.
 */
export const compiledNow: Trust = -1;

/** The value of `Trust` for a verdict outside a run: perf-gate uses only programs that this process compiles. */
export const ownAlone: Trust = 0;

/**
 * The linker flags, in the order in which they are tried. The compiled helper starts the measured program, and the measured peak memory is
 * never smaller than the helper's own memory. So the helper should be small: linked statically, it needs less memory than any measured
 * program. A dynamically linked helper needs 1.3 MB. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

type Compiled = string | { missing: string };

/**
 * The programs that this process compiled. The key is the path that the program would have in the cache, and the value is the program's
 * actual path.
 */
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
 * Whether a path belongs to this user or to root, and other users cannot write to it. A file must not be writable for its group either.
 * False for a symbolic link.
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

/** Whether two compiled files have the same bytes. The same compiler makes the same bytes from the same sources. */
const isSame = (made: string, file: string): boolean =>
  isOnlyOurs(file) && readFileSync(made).equals(readFileSync(file));

/**
 * Compiles the program in a temporary folder and renames the result to `file`, so that several processes can compile at the same time. Also
 * removes temporary folders of killed processes.
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
      // an old file with the same content is not replaced, because another process could be using it for a measurement
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
