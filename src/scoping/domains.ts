import type { DomainName } from '../core/domain-names.ts';
import type { CandidateKind } from './recon/finding.ts';
import type { Suggestion } from './suggestion.ts';

/** The values that perf-gate proposes for a contract of this domain. The user confirms or changes each proposal. */
export type Domain = {
  label: string;
  what: string;
  /** Best first. */
  primaries: Suggestion[];
  watchdogs: (Suggestion & { max_regression_pct: number })[];
  /**
   * The default threshold in per cent. With the usual noise, the usual number of executions is enough to prove an improvement of this size.
   */
  threshold_pct: number;
  /** The number of executions of each arm before the first execution that counts. */
  warmup_runs: number;
  /** The kinds of command that usually reproduce the workload, best first. */
  repro: CandidateKind[];
  /** Words in a task that suggest this domain. */
  words: RegExp;
};

const wall: Suggestion = { name: 'wall_ms', unit: 'ms', lower_is_better: true, source: 'wall' };
const cpu: Suggestion = { name: 'cpu_ms', unit: 'ms', lower_is_better: true, source: 'cpu' };
const memory: Suggestion = { name: 'peak_rss_mb', unit: 'MB', lower_is_better: true, source: 'max_rss' };
const size: Suggestion = {
  name: 'bundle_bytes',
  unit: 'bytes',
  lower_is_better: true,
  source: { size: 'dist/**', encoding: 'raw' },
  needs: 'the build writes to dist/',
};
const gzipped: Suggestion = { ...size, name: 'bundle_gzip_bytes', source: { size: 'dist/**', encoding: 'gzip' } };

const printed = (name: string, unit: string, lower_is_better = true): Suggestion => ({
  name,
  unit,
  lower_is_better,
  source: { stdout: 'metric', key: name },
  needs: `the command prints a line METRIC ${name}=…`,
});

/** The time that a query takes inside the database. Wall time also contains the time of the connection and of the transfer. */
const planned: Suggestion = {
  name: 'query_ms',
  unit: 'ms',
  lower_is_better: true,
  source: { format: 'explain-analyze', file: 'plan.json' },
  needs: 'the command writes EXPLAIN (ANALYZE, FORMAT JSON) of the query to plan.json',
};

export const domains: Record<DomainName, Domain> = {
  api_latency: {
    label: 'API latency',
    what: 'how long requests to a server take',
    primaries: [printed('p95_latency_ms', 'ms'), printed('requests_per_s', '1/s', false), wall, cpu],
    watchdogs: [{ ...memory, max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['bench', 'profile', 'start', 'test'],
    words: /\b(api|request|endpoint|http|server|latency|p9[59]|route|handler)/i,
  },
  cli_startup: {
    label: 'CLI start-up',
    what: 'how long a command takes from start to end',
    primaries: [wall, cpu],
    watchdogs: [{ ...memory, max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['start', 'bench', 'profile', 'test'],
    words: /\b(cli|start-?up|startup|command|boot|cold start|--help|launch)/i,
  },
  render_fps: {
    label: 'Rendering',
    what: 'how many frames per second are drawn',
    primaries: [printed('fps_min', 'fps', false), printed('frame_p99_ms', 'ms'), printed('frame_ms', 'ms')],
    watchdogs: [
      { ...printed('frame_p99_ms', 'ms'), max_regression_pct: 15 },
      { ...memory, max_regression_pct: 10 },
    ],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['bench', 'profile', 'start', 'test'],
    words: /\b(render|fps|frame|scroll|animation|paint|jank|canvas|webgl)/i,
  },
  build_time: {
    label: 'Build time',
    what: 'how long a build takes',
    primaries: [
      { ...wall, name: 'build_ms' },
      { ...cpu, name: 'build_cpu_ms' },
    ],
    watchdogs: [{ ...size, max_regression_pct: 5 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['build', 'bench', 'profile', 'test'],
    words: /\b(build|compil|bundling|transpil|tsc|webpack|incremental)/i,
  },
  bundle_size: {
    label: 'Bundle size',
    what: 'the size of the files that a build writes',
    primaries: [gzipped, size],
    watchdogs: [{ ...wall, name: 'build_ms', max_regression_pct: 10 }],
    // a size in bytes has no noise, so even a small gain can be proven
    threshold_pct: 5,
    warmup_runs: 1,
    repro: ['build', 'bench', 'profile', 'test'],
    words: /\b(bundle|bundle size|bytes|payload|asset|download size|tree-?shak)/i,
  },
  memory_peak: {
    label: 'Peak memory',
    what: 'the most memory that a command uses at any moment',
    primaries: [memory],
    watchdogs: [{ ...wall, max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['bench', 'profile', 'start', 'test', 'build'],
    words: /\b(memory|rss|heap|leak|oom|allocation|footprint)/i,
  },
  db_query: {
    label: 'Database query',
    what: 'how long a query takes',
    primaries: [planned, printed('printed_ms', 'ms'), wall],
    watchdogs: [{ ...printed('lock_wait_ms', 'ms'), max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['bench', 'profile', 'test', 'start'],
    words: /\b(quer(y|ies)|sql|database|postgres|mysql|sqlite|index scan|n\+1|db)\b/i,
  },
  hook_latency: {
    label: 'Hook latency',
    what: 'how long a hook of an editor, an agent or git takes with a fixed input',
    primaries: [
      { ...wall, name: 'hook_ms' },
      { ...cpu, name: 'hook_cpu_ms' },
    ],
    watchdogs: [{ ...memory, max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 2,
    repro: ['hook', 'bench', 'start', 'test', 'profile'],
    words: /\bhooks?\b/i,
  },
  custom: {
    label: 'Something else',
    what: 'any command whose time, memory, size or printed number should improve',
    primaries: [wall, cpu, memory],
    watchdogs: [{ ...memory, max_regression_pct: 10 }],
    threshold_pct: 20,
    warmup_runs: 1,
    repro: ['bench', 'profile', 'start', 'test', 'build'],
    words: /(?!)/,
  },
};
