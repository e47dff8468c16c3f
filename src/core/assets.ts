import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of a file that ships with perf-gate (`workflow/…`, `stages/…`, `templates/…`).
 * The package's root is found by walking up, because the same code runs from `src/` and bundled from `dist/`.
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

/** The folder for files of this user on this machine that belong to no project: `$XDG_CACHE_HOME/perf-gate`. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'perf-gate');
}
