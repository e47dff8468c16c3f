import type { Database } from '../store/driver.ts';
import { type Figures, figuresIn, type Span } from '../store/read.ts';
import { figures } from './figures.ts';

/** One figure over a span: its mean, the 95th percentile of its minutes, and the highest single look. `minutes`: events, a minute at most each. */
export type ResourceRow = {
  of: 'client' | 'machine';
  metric: string;
  unit: string;
  minutes: number;
  mean: number;
  p95: number;
  max: number;
};

/** `supported`: whether this system tells of the resources of processes. */
export type ResourceTable = { since: string; until: string; supported: boolean; rows: ResourceRow[] };

/** What the clients took in a span, and how busy the machine was meanwhile. */
export function resourcesIn(db: Database, span: Span): ResourceTable {
  const found = new Map(figuresIn(db, span, { kinds: ['resource'] }).map((row) => [row.metric, row]));
  const rows = figures.flatMap(({ of, name, unit }): ResourceRow[] => {
    const [mean, max] = [found.get(name), found.get(`${name}_max`)];
    return mean && max ? [{ of, metric: name, unit, minutes: mean.n, ...valuesOf(mean, max, name) }] : [];
  });
  const [since, until] = [span.since, span.until].map((t) => new Date(t).toISOString());
  return { since: since!, until: until!, supported: process.platform === 'linux', rows };
}

/** Percentiles are within 1 %, which is not seen in whole processes. */
function valuesOf(mean: Figures, highest: Figures, name: string) {
  const percentile = name === 'processes' ? Math.round : rounded;
  return { mean: rounded(mean.sum / mean.n), p95: percentile(mean.p95), max: percentile(highest.max) };
}

/** Three significant digits: percentiles are no more exact. */
const rounded = (value: number) => Number(value.toPrecision(3));
