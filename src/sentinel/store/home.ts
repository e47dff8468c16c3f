import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { cut, oneLine } from '../../core/text.ts';

/** Where the sentinel keeps things. `cache` may be wiped at any time; what is under `data` is kept for ever, and linked from there. */
export type SentinelHome = { cache: string; data: string };

/**
 * `$PERF_SENTINEL_HOME`, or `claude-plugins/perf-sentinel` below the user's cache; `perf-gate/sentinel` below the user's data. A hook starts in
 * the session's folder, so that a relative path would be another one for each.
 * @throws sentinel_variable_invalid: the path is not absolute
 */
export function sentinelHome(env: NodeJS.ProcessEnv): SentinelHome {
  const home = env.HOME || homedir();
  const named = env.PERF_SENTINEL_HOME;
  if (named && !isAbsolute(named))
    throw failure('sentinel_variable_invalid', {
      name: 'PERF_SENTINEL_HOME',
      value: cut(oneLine(named), 40),
      expected: 'an absolute path',
    });
  const below = (base: string | undefined, usual: string) => (base && isAbsolute(base) ? base : join(home, usual));
  return {
    cache: named || join(below(env.XDG_CACHE_HOME, '.cache'), 'claude-plugins', 'perf-sentinel'),
    data: join(below(env.XDG_DATA_HOME, '.local/share'), 'perf-gate', 'sentinel'),
  };
}
