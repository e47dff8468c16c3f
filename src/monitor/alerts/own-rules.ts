import type { MonitorConfig } from '../config/schema.ts';
import { type Rule, ruleSchema, severities } from './rule.ts';

type Thresholds = MonitorConfig['alerting']['thresholds'];

/** The rules that count: those of the thresholds, then those of the configuration; of two with one name the latter. */
export function rulesOf({ thresholds, rules }: MonitorConfig['alerting']): Rule[] {
  const all = [...ofHooks(thresholds), ...ofResources(thresholds), ofCases(), ...rules];
  return [...new Map(all.map((rule) => [rule.name, rule])).values()];
}

/** A suspicion is no alarm: only what was measured and is slower. One proof is enough, and none for years is nothing to tell. */
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

/** Waits for hooks that are too long or fail too often, by event. Hooks of an event run seldom: a few in an hour must do. */
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

/** What the clients take, by the thresholds that it must not exceed. */
const resources = [
  { threshold: 'cpu', name: 'high-cpu', metric: 'resource.cpu_share_pct' },
  { threshold: 'memory', name: 'high-memory', metric: 'resource.memory_share_pct' },
  { threshold: 'disk', name: 'high-disk', metric: 'resource.disk_mb_s' },
] as const;

/** A minute is one value. They come while a client lives only, so that weeks without one are nothing to tell. */
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
  const busy = { name: BUSY, metric: 'resource.load', ...watched, window: '5m', min_samples: 3 };
  return [{ ...busy, value: thresholds.load_warning }, ...rules].map((rule) => ruleSchema.parse(rule));
}
