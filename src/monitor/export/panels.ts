/**
 * A panel of the Grafana dashboard. `unit`: the name of a unit in Grafana. Each query consists of a PromQL expression and the legend of its
 * line in the chart.
 */
export type Panel = {
  title: string;
  type: 'stat' | 'timeseries';
  unit: string;
  /** The width in columns; a dashboard has 24. */
  width: number;
  queries: readonly (readonly [expr: string, legend: string])[];
};

/** A section of the dashboard: panels under a heading. */
export type Section = { title: string; panels: readonly Panel[] };

/** A query for a metric, limited to the machines that the user selected above the panels. */
const of = (metric: string, labels = ''): string =>
  `perf_gate_${metric}{instance=~"$instance"${labels && `,${labels}`}}`;

/** A query for a percentile: the maximum over the selected machines, because percentiles cannot be added. */
const percentile = (kind: string, quantile: string): string =>
  `max by (plugin, name) (${of('duration_seconds', `kind="${kind}",quantile="${quantile}"`)})`;

const inAnHour = (counter: string, by: string): string => `sum by (${by}) (increase(${counter}[1h]))`;

const failedShare = (kind: string): string =>
  `${inAnHour(of('failures_total', `kind="${kind}"`), 'name')} / ${inAnHour(of('duration_seconds_count', `kind="${kind}"`), 'name')}`;

const cacheShare = (span: string): string =>
  `sum(increase(${of('tokens_total', 'type="cache_read"')}[${span}])) / sum(increase(${of('tokens_total', 'type=~"input|cache_read|cache_creation"')}[${span}]))`;

const stat = (title: string, unit: string, expr: string): Panel => ({
  title,
  type: 'stat',
  unit,
  width: 6,
  queries: [[expr, '']],
});

const curves = (title: string, unit: string, ...queries: Panel['queries']): Panel => ({
  title,
  type: 'timeseries',
  unit,
  width: 8,
  queries,
});

const times = (title: string, kind: string): Panel =>
  curves(
    title,
    's',
    [percentile(kind, '0.5'), '{{plugin}} {{name}} p50'],
    [percentile(kind, '0.95'), '{{plugin}} {{name}} p95'],
  );

export const sections: readonly Section[] = [
  {
    title: 'Today',
    panels: [
      stat('Cost in 24 hours', 'currencyUSD', `sum(increase(${of('cost_usd_total')}[24h]))`),
      stat('Share of tokens from the cache in 24 hours', 'percentunit', cacheShare('24h')),
      stat('Firing alerts', 'short', `sum(${of('alerts_firing')})`),
      stat('Cases, open or proved', 'short', `sum(${of('cases', 'state=~"open|proved"')})`),
    ],
  },
  {
    title: 'Hooks',
    panels: [
      times('Waits for hooks, by event', 'hook_event'),
      times('Single hooks', 'hook'),
      curves('Waited per hour', 's', [inAnHour(of('duration_seconds_sum', 'kind="hook_event"'), 'name'), '{{name}}']),
    ],
  },
  {
    title: 'Tools and subagents',
    panels: [
      times('Tools', 'tool'),
      curves('Tools: share of failures', 'percentunit', [failedShare('tool'), '{{name}}']),
      times('Subagents', 'agent'),
    ],
  },
  {
    title: 'Models',
    panels: [
      times('Requests', 'model'),
      curves('Tokens per hour', 'short', [inAnHour(of('tokens_total'), 'type'), '{{type}}']),
      curves('Cost per hour', 'currencyUSD', [inAnHour(of('cost_usd_total'), 'model'), '{{model}}']),
      curves('Share of tokens from the cache per hour', 'percentunit', [cacheShare('1h'), 'share']),
      times('Turns', 'turn'),
    ],
  },
  {
    title: 'Cases and alerts',
    panels: [
      curves('Cases', 'short', [`sum by (state) (${of('cases')})`, '{{state}}']),
      curves('Alerts', 'short', [`sum by (rule, severity) (${of('alert_firing')})`, '{{rule}} ({{severity}})']),
    ],
  },
  {
    title: 'Resources of clients',
    panels: [
      curves('Cores', 'short', [of('client_cpu_cores'), '{{instance}}']),
      curves('Memory', 'bytes', [of('client_memory_bytes'), '{{instance}}']),
      curves('Disk', 'Bps', [of('client_disk_bytes_per_second'), '{{instance}} {{direction}}']),
      curves('Load per core', 'short', [of('machine_load_per_core'), '{{instance}}']),
      curves('Share of time in which tasks waited', 'percentunit', [
        of('machine_pressure_ratio'),
        '{{instance}} for {{resource}}',
      ]),
    ],
  },
];
