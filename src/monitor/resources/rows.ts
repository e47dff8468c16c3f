import type { Database } from '../store/driver.ts';
import { type Figures, figuresIn, type Span } from '../store/read.ts';
import { figures } from './figures.ts';

/**
 * One resource figure in a time span: its mean, the 95th percentile of its one-minute means, and its highest single reading. `minutes`: the
 * number of events, each of which covers at most one minute.
 */
export type ResourceRow = {
  of: 'client' | 'machine';
  metric: string;
  unit: string;
  minutes: number;
  mean: number;
  p95: number;
  max: number;
};

/** `supported`: whether this system reports the resources of processes. */
export type ResourceTable = { since: string; until: string; supported: boolean; rows: ResourceRow[] };

/** The resources that clients used in a time span, and the load of the machine at the same time. */
export function resourcesIn(db: Database, span: Span): ResourceTable {
  const found = new Map(figuresIn(db, span, { kinds: ['resource'] }).map((row) => [row.metric, row]));
  const rows = figures.flatMap(({ of, name, unit }): ResourceRow[] => {
    const [mean, max] = [found.get(name), found.get(`${name}_max`)];
    return mean && max ? [{ of, metric: name, unit, minutes: mean.n, ...valuesOf(mean, max, name) }] : [];
  });
  const [since, until] = [span.since, span.until].map((t) => new Date(t).toISOString());
  return { since: since!, until: until!, supported: process.platform === 'linux', rows };
}

/**
 * The mean, the 95th percentile and the maximum of one resource figure. Percentiles are accurate within 1 %; percentiles and maxima of
 * numbers of processes are rounded to whole numbers.
 */
function valuesOf(mean: Figures, highest: Figures, name: string) {
  const percentile = name === 'processes' ? Math.round : rounded;
  return { mean: rounded(mean.sum / mean.n), p95: percentile(mean.p95), max: percentile(highest.max) };
}

/** Rounds to three significant digits, because percentiles are not more accurate. */
const rounded = (value: number) => Number(value.toPrecision(3));
