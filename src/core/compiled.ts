import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './exec.ts';
import { makeDir, move, remove } from './fs.ts';
import { asset, userCache } from './locate.ts';
import { lastWords } from './text.ts';

/** A small program in C that ships as its source: `name` of the program, `sources` as paths of the package; the first includes the others. */
export type Sources = { name: string; sources: readonly [string, ...string[]] };

/**
 * Tried in this order. The peak memory of a measured program is never below that of the helper: 1.3 MB with dynamic linking, less than any
 * program with static linking. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

/**
 * Path of the program, compiled at first use, or why there is none. The name holds a hash of the sources and the linker flags, so that each
 * version of perf-gate has its own file. The final rename keeps the file whole when several processes compile at once.
 */
export async function compiled(
  { name, sources }: Sources,
  env: NodeJS.ProcessEnv,
): Promise<string | { missing: string }> {
  const files = sources.map(asset);
  const hashed = createHash('sha256').update(JSON.stringify(linking));
  for (const source of files) hashed.update(readFileSync(source));
  const hash = hashed.digest('hex').slice(0, 16);
  const dir = userCache(env);
  const file = join(dir, `${name}-${process.platform}-${process.arch}-${hash}`);
  if (existsSync(file)) return file;
  const temporary = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    makeDir(dir);
    let said = '';
    for (const flags of linking) {
      const compiler = await run('cc', ['-O2', ...flags, '-o', temporary, files[0]!], { env, timeoutMs: 60_000 });
      if (compiler.notFound) return { missing: 'no C compiler (cc) in the PATH' };
      said = compiler.stderr;
      if (compiler.exitCode !== 0) continue;
      move(temporary, file);
      return file;
    }
    return { missing: `cc failed: ${lastWords(said)}` };
  } catch (error) {
    return { missing: `${dir} cannot be written: ${(error as Error).message}` };
  } finally {
    remove(temporary);
  }
}
