import { isTime, type Kind } from '../event.ts';
import type { DayFigures } from '../store/read.ts';
import type { DailySeries, ObservedDay } from './series.ts';

/** The kinds of events that have durations and can become slower. */
const timedKinds: readonly Kind[] = ['hook', 'hook_event', 'tool', 'agent', 'model', 'turn', 'test'];

type Row = Pick<
  DayFigures,
  'day' | 'kind' | 'name' | 'plugin' | 'handler_hash' | 'metric' | 'n' | 'sum' | 'p50' | 'p95'
>;

/** Daily series of durations; all versions of a handler form one series. `rows` are ordered by day. */
export function seriesFrom(rows: readonly Row[]): DailySeries[] {
  const loads = new Map(rows.filter(isLoad).map(({ day, p50 }) => [day, p50]));
  const payloads = new Map(rows.filter(isPayload).map((row) => [`${row.day} ${row.kind} ${row.name}`, row.p50]));
  const found = new Map<string, { series: DailySeries; days: Map<string, Row[]> }>();
  for (const row of rows) {
    if (!isTime(row.metric) || !timedKinds.includes(row.kind)) continue;
    const subject = { metric: `${row.kind}.${row.metric}`, unit: 'ms', handler: row.name, plugin: row.plugin || null };
    const key = [row.kind, row.metric, row.plugin, row.name].join('\0');
    const known = found.get(key) ?? { series: { ...subject, days: [] }, days: new Map() };
    const ofDay = known.days.get(row.day);
    if (ofDay) ofDay.push(row);
    else known.days.set(row.day, [row]);
    found.set(key, known);
  }
  return [...found.values()].map(({ series, days }) => ({
    ...series,
    days: [...days].map(([day, own]) => observed(day, own, { loads, payloads })),
  }));
}

const isLoad = ({ kind, metric }: Row) => kind === 'resource' && metric === 'load';
const isPayload = ({ metric }: Row) => metric === 'input_bytes';

/**
 * The figures of one day. If a handler had several versions on the day, the median and the p95 are from the version that was executed most
 * often.
 */
function observed(
  day: string,
  rows: readonly Row[],
  { loads, payloads }: { loads: Map<string, number>; payloads: Map<string, number> },
): ObservedDay {
  const main = rows.reduce((most, row) => (row.n > most.n ? row : most));
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  return {
    day,
    n,
    median: main.p50,
    mean: rows.reduce((sum, row) => sum + row.sum, 0) / n,
    p95: main.p95,
    handler_hash: main.handler_hash || null,
    load: loads.get(day) ?? null,
    payload_bytes: payloads.get(`${day} ${main.kind} ${main.name}`) ?? null,
  };
}
