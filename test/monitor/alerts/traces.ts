import type { AlertState } from '../../../src/monitor/alerts/evaluate.ts';
import { evaluated, type Happening, noAlerts } from '../../../src/monitor/alerts/evaluate.ts';
import type { Reading } from '../../../src/monitor/alerts/readings.ts';
import { type Rule, ruleSchema } from '../../../src/monitor/alerts/rule.ts';

export const minute = 60_000;
export const start = Date.parse('2026-11-30T08:00:00Z');

export const ruleOf = (more: object = {}): Rule =>
  ruleSchema.parse({ name: 'slow', metric: 'hook_event.duration_ms', agg: 'p95', op: '>', value: 500, ...more });

/** One evaluation per minute of one series: `1` the condition holds, `0` it does not, `.` too few samples. */
export function played(rule: Rule, trace: string, { from = noAlerts, at = start, everyMs = minute } = {}) {
  let state: AlertState = from;
  const log: [minute: number, happened: Happening['happened'], ending?: string][] = [];
  [...trace].forEach((sign, i) => {
    const look = evaluated(state, [rule], { now: at + i * everyMs, readings: () => readingsFor(sign) });
    state = look.state;
    for (const { happened, ending } of look.happened) log.push(ending ? [i, happened, ending] : [i, happened]);
  });
  return { state, log };
}

const readingsFor = (sign: string): Reading[] =>
  sign === '.' ? [] : [{ labels: {}, samples: 30, value: sign === '1' ? 900 : 100, holds: sign === '1' }];
