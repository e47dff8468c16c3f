import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { cut, oneLine } from '../../core/text.ts';

/**
 * The sentinel's folders. Users can delete `cache` at any time. Files under `data` are kept for ever. Links in the cache lead to these
 * files.
 */
export type SentinelHome = { cache: string; data: string };

/**
 * The folders of the sentinel. `cache` is `$PERF_SENTINEL_HOME`, or `claude-plugins/perf-sentinel` below the user's cache folder.
 * `data` is `perf-gate/sentinel` below the user's data folder. The path in the variable must be absolute. A relative path would be
 * wrong for hooks, because hooks start in the session's folder.
 * @throws sentinel_variable_invalid: the path in the variable is not absolute
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
