/**
 * The domains of contracts: each is one kind of performance, such as the start time of a command or the latency of a service. Each domain
 * has its own defaults and its own list of profilers.
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
