import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFile, makeDir, remove, temporaryDir, writeDurable } from '../../core/fs.ts';
import { userCache } from '../../measure/cache.ts';
import type { Finding, Machine, Probe } from './check.ts';

/** The folder where the copies lie that are measured. */
export const cacheProbes: Probe[] = [
  { id: 'cache_room', meaning: 'Two copies of the project lie there while they are compared.', look: room },
  { id: 'reflink', meaning: 'Where files can share their blocks, a copy takes no time and no room.', look: reflink },
];

const least = 2 * 1024 ** 3;

function room({ env }: Machine): Finding {
  const dir = userCache(env);
  try {
    makeDir(dir);
    const { bavail, bsize } = statfsSync(dir);
    const free = bavail * bsize;
    const remedy = 'Make room, or set XDG_CACHE_HOME to a folder on a larger disk.';
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
    return { status: 'ok', found: 'not known' }; // cache_room tells why
  } finally {
    if (dir) remove(dir);
  }
}
