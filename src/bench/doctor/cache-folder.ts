import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFile, makeDir, remove, temporaryDir, writeDurable } from '../../core/fs.ts';
import { userCache } from '../../core/locate.ts';
import type { Check, Finding, Machine } from './check.ts';

/** Checks of the folder that holds the two compared copies (arms). */
export const cacheChecks: Check[] = [
  { id: 'cache_room', meaning: 'This folder holds two copies of the project while they are compared.', look: room },
  {
    id: 'reflink',
    meaning: 'If the file system lets files share blocks, a copy needs almost no time and no space.',
    look: reflink,
  },
];

/** The free space, in bytes, below which the check warns. */
const least = 2 * 1024 ** 3;

function room({ env }: Machine): Finding {
  const dir = userCache(env);
  try {
    makeDir(dir);
    const { bavail, bsize } = statfsSync(dir);
    const free = bavail * bsize;
    const remedy = 'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.';
    return {
      status: free < least ? 'warn' : 'ok',
      found: `${(free / 1024 ** 3).toFixed(1)} GB free in ${dir}`,
      remedy,
    };
  } catch (error) {
    return { status: 'fail', found: (error as Error).message, remedy: `Make ${dir} writable, or set XDG_CACHE_HOME.` };
  }
}

function reflink({ env }: Machine): Finding {
  let dir: string | undefined;
  try {
    dir = temporaryDir(userCache(env), 'reflink-');
    writeDurable(join(dir, 'a'), 'a');
    return { status: 'ok', found: cloneFile(join(dir, 'a'), join(dir, 'b')) ? 'yes' : 'no: files are copied' };
  } catch {
    return { status: 'ok', found: 'unknown' }; // `cache_room` reports the reason
  } finally {
    if (dir) remove(dir);
  }
}
