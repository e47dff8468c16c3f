import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { makeDir, move, remove } from '../../core/fs.ts';
import { asset, userCache } from '../../core/locate.ts';
import { lastWords } from '../../core/text.ts';
import { helperInstrument } from './helper.ts';
import type { Method } from './instrument.ts';

/**
 * Tried in this order. Peak RSS is never below that of the helper: 1.3 MB with dynamic linking, less than any program with static
 * linking. macOS and some Linux systems cannot link statically.
 */
const linking = [['-static'], []];

/** The first is compiled, and includes the others. */
const sources = ['stopwatch.c', 'channel.h', 'delay.h', 'tree-memory.h'];

/** stopwatch.c, compiled at first use: the most accurate method. */
export const native: Method = {
  name: 'native',
  async prepare(env) {
    const compiled = await compile(env);
    return typeof compiled === 'string' ? helperInstrument('native', [compiled]) : compiled;
  },
};

/**
 * Path of the compiled helper. The name holds a hash of the sources and the linker flags, so that each version of perf-gate has its own
 * file. The final rename keeps the file whole when several processes compile at once.
 */
async function compile(env: NodeJS.ProcessEnv): Promise<string | { missing: string }> {
  const files = sources.map((name) => asset(`src/measure/instruments/${name}`));
  const hashed = createHash('sha256').update(JSON.stringify(linking));
  for (const source of files) hashed.update(readFileSync(source));
  const hash = hashed.digest('hex').slice(0, 16);
  const dir = userCache(env);
  const file = join(dir, `stopwatch-${process.platform}-${process.arch}-${hash}`);
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
