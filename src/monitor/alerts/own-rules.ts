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
 * The rule for proved slowdowns. A suspected slowdown that was not measured raises no alert. One proved slowdown is enough to raise an
 * alert. `absent_after` is so long that the absence of proved slowdowns never raises an alert.
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
 * Rules for hook events: the wait for the hooks is too long, or the hooks fail too often. Hooks of an event are executed rarely, so a few
 * executions in an hour are enough for the rule.
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
 * Rules for resources, which have one value per minute while a client runs. For weeks, it can happen that no client runs. Therefore
 * missing values raise no alert.
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
  // fires for longer than an hour, because the rules for hooks cover the last hour
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
