import { median } from '../../stats/robust.ts';
import type { Metric } from '../sources/sources.ts';
import type { ArmName } from './arm.ts';
import type { Sample } from './sample.ts';

/**
 * The warning that a metric still contains waits for a processor. `undelayed_wall` subtracts only the waits of the main thread, not those
 * of other threads and of child processes. `share_pct`: the share of the CPU time, in per cent, that these other threads and processes
 * used.
 */
export type UnseenDelay = { code: 'unseen_delay'; metric: string; share_pct: number };

/** If the share is above this limit, in per cent, perf-gate warns. */
const LARGE_PCT = 100 / 3;

/** A warning for each metric that still contains waits for a processor. `share_pct` is the larger of the two arms' shares. */
export function unseenDelay(metrics: readonly Metric[], samples: readonly Sample[]): UnseenDelay[] {
  const share_pct = Math.max(shareOf('base', samples), shareOf('candidate', samples));
  if (share_pct <= LARGE_PCT) return [];
  return metrics.flatMap(({ name, source }) =>
    source === 'undelayed_wall' ? [{ code: 'unseen_delay', metric: name, share_pct }] : [],
  );
}

/** The share of other threads and child processes in an arm's CPU time, in per cent: the median of the executions. 0 if unknown. */
function shareOf(arm: ArmName, samples: readonly Sample[]): number {
  const shares = samples.flatMap(({ arm: its, warmup, user_ms, sys_ms, main_run_ms }) => {
    if (its !== arm || warmup || user_ms === null || sys_ms === null || main_run_ms === null) return [];
    const cpu = user_ms + sys_ms;
    return cpu > 0 ? [100 * (1 - main_run_ms / cpu)] : [];
  });
  return shares.length > 0 ? median(shares) : 0;
}
