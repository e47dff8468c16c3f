/**
 * The kinds of performance that a contract can be about, such as those of a web page or a database. Each kind has its own defaults and its
 * own list of profilers.
 */
export const domainNames = [
  'api_latency',
  'cli_startup',
  'render_fps',
  'build_time',
  'bundle_size',
  'memory_peak',
  'db_query',
  'hook_latency',
  'custom',
] as const;

export type DomainName = (typeof domainNames)[number];
