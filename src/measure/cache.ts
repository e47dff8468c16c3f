import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where perf-gate keeps what belongs to a user and a machine, not to a project: `$XDG_CACHE_HOME/perf-gate`. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'perf-gate');
}
