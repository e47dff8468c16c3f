import type { MonitorConfig } from '../config/schema.ts';
import { type Rule, ruleSchema, severities } from './rule.ts';

type Thresholds = MonitorConfig['alerting']['thresholds'];

/** The effective rules: those of the thresholds, then those of the configuration, which win if two have the same name. */
export function rulesOf({ thresholds, rules }: MonitorConfig['alerting']): Rule[] {
  const all = [...ofHooks(thresholds), ...ofResources(thresholds), ofCases(), ...rules];
  return [...new Map(all.map((rule) => [rule.name, rule])).values()];
}

/**
 * The rule for proved cases: only measured slowdowns raise an alert, not suspicions. One proof is enough; `absent_after` is so long that
 * missing proofs never raise an alert.
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

/** Rules for hook waits that are too long or fail too often, by event. Hooks of an event run rarely, so a few in an hour are enough. */
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

/** Resource metrics of the clients, by their thresholds. */
const resources = [
  { threshold: 'cpu', name: 'high-cpu', metric: 'resource.cpu_share_pct' },
  { threshold: 'memory', name: 'high-memory', metric: 'resource.memory_share_pct' },
  { threshold: 'disk', name: 'high-disk', metric: 'resource.disk_mb_s' },
] as const;

/** Rules for resources; each minute gives one value. Values exist only while a client runs, so weeks without a value raise no alert. */
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
  // the rules for hooks look back over an hour: the effect of a busy machine stays visible for that long
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
