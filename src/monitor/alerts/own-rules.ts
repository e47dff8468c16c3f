import type { MonitorConfig } from '../config/schema.ts';
import { type Rule, ruleSchema } from './rule.ts';

/** The rules that count: those of the thresholds, then those of the configuration; of two with one name the latter. */
export function rulesOf({ thresholds, rules }: MonitorConfig['alerting']): Rule[] {
  const all = [...ofThresholds(thresholds), ...rules];
  return [...new Map(all.map((rule) => [rule.name, rule])).values()];
}

/** Waits for hooks that are too long or fail too often, by event. Hooks of an event run seldom: a few in an hour must do. */
function ofThresholds(thresholds: MonitorConfig['alerting']['thresholds']): Rule[] {
  const watched = { metric: 'hook_event.duration_ms', by: ['name'], window: '1h', min_samples: 5 };
  return (['warning', 'critical'] as const).flatMap((severity) => {
    const slow = 1000 * thresholds[`execution_time_${severity}`];
    const least = thresholds[`success_rate_${severity}`];
    return [
      { name: `slow-hooks-${severity}`, ...watched, agg: 'p95', op: '>', value: slow, severity },
      { name: `failing-hooks-${severity}`, ...watched, agg: 'ratio', op: '<', value: least, severity },
    ].map((rule) => ruleSchema.parse(rule));
  });
}
