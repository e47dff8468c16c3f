import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Finds files of this package, the folder of the user's cache, programs on the PATH, and the targets of symbolic links. */

/**
 * The absolute path of a file that ships with perf-gate (`workflow/…`, `stages/…`, `templates/…`, `ci/…`). The root of the package is
 * searched upwards from this file, because the file can be in `src/` or, after the build, in `dist/`.
 */
export function asset(path: string): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'workflow', 'perf-gate.yaml'))) {
    const up = dirname(dir);
    if (up === dir) throw new Error('perf-gate is not installed completely: workflow/perf-gate.yaml is missing');
    dir = up;
  }
  return join(dir, path);
}

/** The folder for files that belong to this user and to no project: `$XDG_CACHE_HOME/perf-gate`. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'perf-gate');
}

/** The absolute path of a program on the PATH. Undefined if the PATH has no program of that name. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((dir) => dir !== '');
  return folders.map((dir) => join(dir, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The absolute path of a file in a folder, with all symbolic links resolved. Undefined if the file does not exist, or if `..` or a symbolic
 * link leads out of the folder.
 */
export function realInside(root: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(root, path));
    const way = relative(realpathSync(root), real);
    return isAbsolute(path) || isAbsolute(way) || way === '..' || way.startsWith('../') ? undefined : real;
  } catch {
    return undefined;
  }
}
