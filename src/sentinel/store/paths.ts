import { join } from 'node:path';
import type { SentinelHome } from './home.ts';

/**
 * The files of the sentinel, where a day is `YYYY-MM-DD`. The cache: `baselines/TAG.json` (links into the data, with a link `latest`),
 * `sessions/DAY/ID.json`, `audits/DAY.json`, `benchmarks/hooks-DAY.json`, `plans/latest.json`, `config.json`, and the spool, to which the
 * recording hook appends. The data: `baselines/TAG.json`, and `objects`, the hooks' files by their hashes.
 */
export const sentinelPaths = ({ cache, data }: SentinelHome) => ({
  /** The marker of a folder that the sentinel made: without it, nothing in the folder is ever removed. */
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
