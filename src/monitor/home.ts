import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { makeDir, setMode } from '../core/fs.ts';

/**
 * The data folder of the monitor: `$PERF_GATE_MONITOR_HOME`, or `perf-gate/monitor` below the user's data folder. A folder has one database
 * and at most one service.
 */
export function monitorHome(env: NodeJS.ProcessEnv): string {
  if (env.PERF_GATE_MONITOR_HOME) return env.PERF_GATE_MONITOR_HOME;
  return join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share'), 'perf-gate', 'monitor');
}

/**
 * Creates the folder with access for its owner only, because its data is private. If the folder already exists, its access rights are
 * restricted in the same way. @throws monitor_home_refused
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
  /** The lock file that the service holds while it runs. */
  lock: join(home, 'service.lock'),
  /** The file with the address of the service. The service removes this file when it ends. */
  service: join(home, 'service.json'),
  /** The file with the state of the alerts after the last evaluation. */
  alerts: join(home, 'alerts.json'),
  /** The folder with copies of hook files. Each copy is named by the hash of its content. */
  objects: join(home, 'objects'),
  /** The folder with the reports of past days and weeks. */
  reports: join(home, 'reports'),
  /** The log file of the service, which contains the output of the service and the reason for its end. */
  log: join(home, 'service.log'),
});
