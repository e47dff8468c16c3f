import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { makeDir, setMode } from '../core/fs.ts';

/**
 * Where the monitor keeps what it gathers: `$PERF_GATE_MONITOR_HOME`, or `perf-gate/monitor` below the user's data. One folder has one
 * database, and at most one service.
 */
export function monitorHome(env: NodeJS.ProcessEnv): string {
  if (env.PERF_GATE_MONITOR_HOME) return env.PERF_GATE_MONITOR_HOME;
  return join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share'), 'perf-gate', 'monitor');
}

/**
 * Makes the folder, for its owner alone, also where it is there and open to others: what a person works on is nobody else's business.
 * @throws monitor_home_refused
 */
export function makeHome(home: string): void {
  try {
    makeDir(home);
    setMode(home, 0o700);
  } catch (error) {
    throw failure('monitor_home_refused', { home, reason: (error as Error).message });
  }
}

export const monitorPaths = (home: string) => ({
  database: join(home, 'monitor.db'),
  /** Held by the service while it lives. */
  lock: join(home, 'service.lock'),
  /** Where the service listens, as JSON; it removes it at its end. */
  service: join(home, 'service.json'),
  /** What the alerts are, as of the last look at their rules. */
  alerts: join(home, 'alerts.json'),
  /** Copies of the files of hooks, by their content. */
  objects: join(home, 'objects'),
  /** The reports of days and weeks that are over. */
  reports: join(home, 'reports'),
  /** What the service said, and why it ended. */
  log: join(home, 'service.log'),
});
