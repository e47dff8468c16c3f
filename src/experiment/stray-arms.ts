import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { remove } from '../core/fs.ts';
import { armsPlace } from './arms-folder.ts';
import { dropPassed } from './temporary-arms.ts';

/** Removes the copies that crashed processes left, and the arms of this project's runs that have ended. Returns how many folders went. */
export function dropStrayArms(env: NodeJS.ProcessEnv, project: string, ended: string[]): number {
  const folder = dirname(armsPlace(env, project, ''));
  if (!existsSync(folder)) return 0;
  const own = new Set(ended.map((run) => basename(armsPlace(env, project, run))));
  const stray = readdirSync(folder).filter((name) => own.has(name));
  for (const name of stray) remove(join(folder, name));
  return stray.length + dropPassed(env);
}
