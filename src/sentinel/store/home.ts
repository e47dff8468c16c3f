import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the sentinel keeps things. `cache` may be wiped at any time; what is under `data` is kept for ever, and linked from there. */
export type SentinelHome = { cache: string; data: string };

/** `$PERF_SENTINEL_HOME`, or `claude-plugins/perf-sentinel` below the user's cache; `perf-gate/sentinel` below the user's data. */
export function sentinelHome(env: NodeJS.ProcessEnv): SentinelHome {
  const home = env.HOME || homedir();
  return {
    cache:
      env.PERF_SENTINEL_HOME || join(env.XDG_CACHE_HOME || join(home, '.cache'), 'claude-plugins', 'perf-sentinel'),
    data: join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'perf-gate', 'sentinel'),
  };
}
