import { MINUTE } from '../../core/time.ts';
import type { Labels, Rule } from './rule.ts';

/** One value of the metric that a rule watches. `ok`: whether the event succeeded; null if the event cannot fail. */
export type Sample = { t: number; value: number; ok: boolean | null; labels: Labels };

/** The value of one series of a rule at the time of an evaluation, and whether the rule's condition holds for this value. */
export type Reading = {
  /** The values of the labels that the rule lists in `by`. */
  labels: Labels;
  samples: number;
  value: number;
  /** Whether the rule's condition holds. Null if there are too few samples to decide. */
  holds: boolean | null;
};

/**
 * One rule has at most this number of series. If there are more, the series with the most samples are kept. Without this limit, a label
 * with many values could fill the memory.
 */
const mostSeries = 500;

/** The readings of a rule at `now`. Each series with a sample in the rule's time window has one reading. */
export function readingsOf(rule: Rule, samples: readonly Sample[], now: number): Reading[] {
  // many samples share one labels object, so the key is computed once for each object
  const keys = new Map<Labels, string | null>();
  const keyIn = ({ labels }: Sample): string | null => {
    const known = keys.get(labels);
    if (known !== undefined) return known;
    const key = carries(labels, rule.where) ? keyOf(labelsOf(rule, labels)) : null;
    keys.set(labels, key);
    return key;
  };
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.t <= now - rule.window || sample.t > now) continue;
    const key = keyIn(sample);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, mostSeries)
    .map((group) => readingOf(rule, group));
}

/** The reading of a series without samples. The rate of such a series is 0; every other aggregate is unknown. */
export const emptyReading = (rule: Rule, labels: Labels): Reading => ({
  labels,
  samples: 0,
  value: 0,
  holds: rule.agg === 'rate' ? compare[rule.op](0, rule.value) : null,
});

function readingOf(rule: Rule, group: readonly Sample[]): Reading {
  const { value, samples } = aggregates[rule.agg](group, rule.window);
  const enough = rule.agg === 'rate' || samples >= Math.max(1, rule.min_samples);
  return {
    labels: labelsOf(rule, group[0]!.labels),
    samples,
    value,
    holds: enough ? compare[rule.op](value, rule.value) : null,
  };
}

const aggregates: Record<
  Rule['agg'],
  (group: readonly Sample[], window: number) => { value: number; samples: number }
> = {
  p95: (group) => {
    const sorted = Float64Array.from(group, ({ value }) => value).sort();
    return { value: sorted[Math.ceil(0.95 * sorted.length) - 1]!, samples: group.length };
  },
  mean: (group) => ({ value: group.reduce((sum, s) => sum + s.value, 0) / group.length, samples: group.length }),
  rate: (group, window) => ({ value: group.length / (window / MINUTE), samples: group.length }),
  ratio: (group) => {
    const told = group.filter(({ ok }) => ok !== null);
    return { value: told.length === 0 ? 1 : told.filter(({ ok }) => ok).length / told.length, samples: told.length };
  },
};

const compare: Record<Rule['op'], (a: number, b: number) => boolean> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

const labelsOf = (rule: Rule, labels: Labels): Labels =>
  Object.fromEntries(rule.by.map((label) => [label, labels[label] ?? '']));

/** Whether `labels` contains every label of `wanted` with the same value. */
export const carries = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label as keyof Labels] === value);

/** A key that identifies a series of a rule. */
export const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
