import { ordinaryRuns } from '../../stats/looks.ts';
import type { Contract } from './contract.ts';

type Runs = Pick<Contract['repro'], 'measurement_runs' | 'max_runs'>;

/** Whether perf-gate chooses the number of executions from the noise of the baseline. */
export const isLeftToNoise = ({ measurement_runs, max_runs }: Runs): boolean =>
  measurement_runs === 'auto' && max_runs === 'auto';

/** The executions per arm at the first and at the last look. `auto` is replaced by the usual numbers, but `first` is never above `last`. */
export function runsOf({ measurement_runs, max_runs }: Runs): { first: number; last: number } {
  const given = measurement_runs === 'auto' ? null : measurement_runs;
  const last = max_runs === 'auto' ? Math.max(ordinaryRuns.last, given ?? 0) : max_runs;
  return { first: given ?? Math.min(ordinaryRuns.first, last), last };
}
