import { significant } from '../core/figures.ts';
import { convert } from '../core/units.ts';
import type { BaselineData } from '../record/data.ts';
import { contractOf } from '../record/history.ts';
import { lastStep, type RunState } from '../record/state.ts';
import type { AlertRule, Plan } from '../report/plan.ts';

/** The primary metric and the watchdogs of a run, each watchdog with its baseline median and its tolerance. */
export type Watched = {
  metric: string;
  unit: string;
  watchdogs: (BaselineData['watchdogs'][number] & { lower_is_better: boolean; max_regression_pct: number })[];
};

export function watchedIn(state: RunState): Watched {
  const { primary, watchdogs } = contractOf(state).metrics;
  const medians = lastStep(state, 'baseline')?.data.watchdogs ?? [];
  return {
    metric: primary.name,
    unit: primary.unit,
    watchdogs: watchdogs.flatMap(({ name, lower_is_better, max_regression_pct }) => {
      const found = medians.find((watchdog) => watchdog.name === name);
      return found ? [{ ...found, lower_is_better, max_regression_pct }] : [];
    }),
  };
}

type Known = Pick<Plan, 'title' | 'total' | 'unit' | 'clock' | 'target' | 'expected' | 'components'>;

/**
 * Alert rules for the time after the last step: for the total, for spans that a step makes faster, and for the watchdogs of the run. A
 * total above the target gives a warning. Without a target, a total above the expected total gives the warning. A total as high as before
 * the plan gives a critical alert. Times of a profiler give no rule, because they are not real times.
 */
export function alertsOf(plan: Known, watched: Watched | null): AlertRule[] {
  const guards = (watched?.watchdogs ?? []).map(watchdogRule);
  return [...wholeRules(plan, watched), ...spanRules(plan), ...guards];
}

function wholeRules(plan: Known, watched: Watched | null): AlertRule[] {
  const { total, unit, clock, target, expected } = plan;
  if (clock.kind !== 'measured' && clock.kind !== 'program') return [];
  const isMetric = clock.kind === 'measured' && clock.metric !== null && watched !== null;
  const metric = isMetric ? watched.metric : wholeName(plan);
  const inUnit = (value: number) => (isMetric ? convert(value, unit, watched.unit) : value);
  const best = target ?? expected;
  const level = target === null ? 'the plan’s expectation' : 'the target';
  const warning = rule(`${metric} above ${level}`, metric, inUnit(best));
  const critical = rule(`${metric} as high as before the plan`, metric, inUnit(total));
  return [...(best < total ? [warning] : []), { ...critical, severity: 'critical' }];
}

/**
 * The metric for the total time: the span that contains all other spans, such as `span.request`, or else a name made from the plan's title.
 */
function wholeName({ clock, components, title, unit }: Known): string {
  const [around, another] = components.filter(({ total_share_pct }) => (total_share_pct ?? 0) > 99.9);
  return clock.kind === 'program' && around && !another ? spanName(around.id) : `${slug(title)}_${unit}`;
}

/**
 * Rules for the components of a plan that was made from spans, because the program writes its spans in every execution. Only the innermost
 * spans get rules: the plan’s cost of an outer span excludes the spans inside it, but the program reports the whole span.
 */
function spanRules({ clock, components }: Known): AlertRule[] {
  if (clock.kind !== 'program') return [];
  const changed = components.filter(
    ({ cost, expected, share_pct, total_share_pct }) => expected < cost && (total_share_pct ?? 0) < share_pct + 0.05,
  );
  return changed.map(({ id, expected }) => rule(`${id} above the plan’s expectation`, spanName(id), expected));
}

const spanName = (id: string) => `span.${id}`;

function watchdogRule({ name, median, lower_is_better, max_regression_pct }: Watched['watchdogs'][number]): AlertRule {
  const worst = median * (1 + ((lower_is_better ? 1 : -1) * max_regression_pct) / 100);
  return { ...rule(`${name} worse than its tolerance`, name, worst), op: lower_is_better ? '>' : '<' };
}

const rule = (name: string, metric: string, value: number): AlertRule => ({
  name,
  metric,
  agg: 'mean',
  by: [],
  window: '15m',
  op: '>',
  value: significant(value, 4),
  for: '5m',
  keep_firing_for: '15m',
  min_samples: 20,
  severity: 'warning',
});

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40) || 'whole';
