import { join } from 'node:path';
import type { SentinelHome } from './home.ts';

/**
 * The paths of the sentinel's files. `DAY` is a day as `YYYY-MM-DD`. The cache contains `sessions/DAY/ID.json`, `audits/DAY.json`,
 * `benchmarks/hooks-DAY.json`, `plans/latest.json` and `config.json`. It also contains the spool, a file to which the recording hook
 * appends, and the links `baselines/TAG.json` and `baselines/latest`, which lead to baselines in the data folder. The data folder contains
 * `baselines/TAG.json`, and in `objects` the files of hooks, named by their hashes.
 */
export const sentinelPaths = ({ cache, data }: SentinelHome) => ({
  /** The file that marks a folder as made by the sentinel. Nothing is ever removed from a folder without this marker. */
  marker: join(cache, '.perf-sentinel'),
  config: join(cache, 'config.json'),
  spool: join(cache, 'sessions', 'spool.jsonl'),
  sessions: join(cache, 'sessions'),
  audits: join(cache, 'audits'),
  benchmarks: join(cache, 'benchmarks'),
  plan: join(cache, 'plans', 'latest.json'),
  linkedBaselines: join(cache, 'baselines'),
  baselines: join(data, 'baselines'),
  objects: join(data, 'objects'),
  /** The hook that records sessions. */
  recordScript: join(data, 'record.sh'),
});
