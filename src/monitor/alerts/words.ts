import { decimal, percent } from '../../core/figures.ts';
import { oneLine } from '../../core/text.ts';
import { duration, moment, quantity } from '../../core/units.ts';
import type { Alert } from './alert.ts';
import type { Ending } from './phase.ts';
import type { Labels, Rule } from './rule.ts';

const aggregates: Record<Rule['agg'], (metric: string) => string> = {
  p95: (metric) => `the 95th percentile of ${metric}`,
  mean: (metric) => `the mean of ${metric}`,
  rate: (metric) => `the rate of ${metric}`,
  ratio: (metric) => `the success rate of ${metric}`,
};

const sides: Record<Rule['op'], string> = { '>': 'above', '>=': 'at least', '<': 'below', '<=': 'at most' };

/** Formats a value in the unit of its metric, such as `612 ms`, `92.0 %` or `3.5 a minute`. */
function valueWords({ agg, metric }: Pick<Rule, 'agg' | 'metric'>, value: number): string {
  if (agg === 'ratio') return percent(100 * value);
  if (agg === 'rate') return `${decimal(value)} a minute`;
  if (metric.endsWith('_pct')) return percent(value);
  return metric.endsWith('_ms') ? quantity(value, 'ms') : quantity(value, '');
}

/** Formats labels as `slow (plugin), PreToolUse:Edit (name)`; empty without labels. */
export const labelWords = (labels: Labels): string =>
  Object.entries(labels)
    .map(([label, value]) => `${value ? oneLine(value) : 'none'} (${label})`)
    .join(', ');

const endingWords: Record<Ending, string> = {
  recovered: '',
  no_data: ', because no new values arrive; whether the metric recovered is unknown',
  rule_changed: ', because its rule was changed or removed',
};

/** Describes an alert in one or two sentences. `rule` is undefined if the rule was removed after the alert began. */
export function alertWords({ rule: name, labels, value, began, ended, ending }: Alert, rule: Rule | undefined): string {
  const whom = labelWords(labels);
  const of = whom ? `${name}, ${whom}` : name;
  if (value === null) {
    return ended === null
      ? `${of}: the rule has seen no value since ${at(began)}. Either the events that the rule watches no longer occur, or their name changed.`
      : `${of}: the rule sees values again.`;
  }
  if (ended !== null)
    return `${of}: over after ${duration((ended - began) / 1000)}${endingWords[ending ?? 'recovered']}.`;
  if (!rule) return `${of}: since ${at(began)}.`;
  const seen = `${aggregates[rule.agg](rule.metric)} is ${valueWords(rule, value)}`;
  return `${of}: ${seen}, ${sides[rule.op]} ${valueWords(rule, rule.value)}, since ${at(began)}.`;
}

const at = (t: number) => moment(new Date(t).toISOString());
