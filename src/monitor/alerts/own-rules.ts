import type { MonitorConfig } from '../config/schema.ts';
import { type Rule, ruleSchema, severities } from './rule.ts';

type Thresholds = MonitorConfig['alerting']['thresholds'];

/**
 * The effective rules: first the rules made from the thresholds, then the rules of the configuration. If two rules have the same name, the
 * rule of the configuration is used.
 */
export function rulesOf({ thresholds, rules }: MonitorConfig['alerting']): Rule[] {
  const all = [...ofHooks(thresholds), ...ofResources(thresholds), ofCases(), ...rules];
  return [...new Map(all.map((rule) => [rule.name, rule])).values()];
}

/**
 * The rule for proved slowdowns. A suspected slowdown raises no alert before a measurement proves it. One proved slowdown is enough to
 * raise an alert. `absent_after` is ten years, so years without a proved slowdown raise no alert.
 */
const ofCases = () =>
  ruleSchema.parse({
    name: 'proved-regression',
    metric: 'case.proved_pct',
    by: ['kind', 'name', 'plugin'],
    agg: 'mean',
    op: '>',
    value: 0,
    for: '0s',
    min_samples: 1,
    severity: 'critical',
    absent_after: '3650d',
  });

const BUSY = 'busy-machine';

/**
 * Rules that fire if the wait for the hooks of an event is too long, or if the hooks fail too often. Some hook events are rare, so five
 * occurrences in an hour are enough to evaluate a rule.
 */
function ofHooks(thresholds: Thresholds): Rule[] {
  const watched = { metric: 'hook_event.duration_ms', by: ['name'], window: '1h', min_samples: 5 };
  return severities.flatMap((severity) => {
    const slow = 1000 * thresholds[`execution_time_${severity}`];
    const least = thresholds[`success_rate_${severity}`];
    return [
      { name: `slow-hooks-${severity}`, ...watched, agg: 'p95', op: '>', value: slow, severity, inhibited_by: [BUSY] },
      { name: `failing-hooks-${severity}`, ...watched, agg: 'ratio', op: '<', value: least, severity },
    ].map((rule) => ruleSchema.parse(rule));
  });
}

/** The resource metrics of clients, each with the name of its threshold. */
const resources = [
  { threshold: 'cpu', name: 'high-cpu', metric: 'resource.cpu_share_pct' },
  { threshold: 'memory', name: 'high-memory', metric: 'resource.memory_share_pct' },
  { threshold: 'disk', name: 'high-disk', metric: 'resource.disk_mb_s' },
] as const;

/**
 * Rules for resources. While a client runs, each resource has one value per minute. Weeks can pass without a client, so missing values
 * raise an alert only after a year.
 */
function ofResources(thresholds: Thresholds): Rule[] {
  const watched = { agg: 'mean', op: '>', window: '15m', min_samples: 5, absent_after: '365d' };
  const rules = severities.flatMap((severity) =>
    resources.map(({ threshold, name, metric }) => ({
      name: `${name}-${severity}`,
      metric,
      ...watched,
      value: thresholds[`${threshold}_${severity}`],
      severity,
    })),
  );
  // The rule about a busy machine. While it fires, no alert about slow hooks is sent. After the load has fallen, the rule fires for 75 more
  // minutes. Rules about slow hooks use the events of the last 60 minutes, and their alerts continue for 15 minutes after that.
  const busy = {
    name: BUSY,
    metric: 'resource.load',
    ...watched,
    window: '5m',
    min_samples: 3,
    keep_firing_for: '75m',
  };
  return [{ ...busy, value: thresholds.load_warning }, ...rules].map((rule) => ruleSchema.parse(rule));
}
