import { MINUTE } from '../../core/time.ts';
import type { Labels, Rule } from './rule.ts';

/** One value of the metric that a rule watches. `ok` is null where it can neither fail nor succeed. */
export type Sample = { t: number; value: number; ok: boolean | null; labels: Labels };

/** What a rule saw of one series at one look. */
export type Reading = {
  /** Those of `by`. */
  labels: Labels;
  samples: number;
  value: number;
  /** Null: too few samples to say. */
  holds: boolean | null;
};

/** Series of one rule at most, those with the most samples: a label with endless values must not fill the memory. */
const mostSeries = 500;

/** The readings of the window that ends at `now`, one for each series with a sample in it. */
export function readingsOf(rule: Rule, samples: readonly Sample[], now: number): Reading[] {
  // the labels of a series are one object: its key is made once
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

/** A reading of a series that has no sample: nothing a minute, or nothing known. */
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

/** Whether all of the wanted labels are carried, each with its value. */
export const carries = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label as keyof Labels] === value);

/** Tells series of one rule apart. */
export const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
