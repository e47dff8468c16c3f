import type { TimeRow } from '../rows.ts';
import { h } from './h.ts';
import { bar } from './parts.ts';
import type { Column } from './table.ts';
import { failures, minutes, named, number, time } from './words.ts';

/**
 * The columns of a table of durations. If `most` is set, one column shows the minutes per day as a bar. The bar for `most` minutes has the
 * full width.
 */
export const timesColumns = (colour: string, runs = 'n', most = 0): Column<TimeRow>[] => [
  { title: 'name', cell: ({ name, plugin }) => named(name, plugin) },
  { title: 'p50', cell: ({ p50_ms }) => time(p50_ms), figure: true },
  { title: 'p95', cell: ({ p95_ms }) => time(p95_ms), figure: true },
  { title: 'longest', cell: ({ max_ms }) => time(max_ms), figure: true },
  { title: 'min a day', cell: ({ minutes_a_day }) => minutes(minutes_a_day), figure: true },
  ...(most > 0
    ? [{ title: '', cell: ({ minutes_a_day }: TimeRow) => h('span', {}, bar(minutes_a_day / most, colour)) }]
    : []),
  { title: runs, cell: ({ n }) => number(n), figure: true },
  { title: 'failed', cell: ({ failed, n }) => failures(failed, n), figure: true },
];

/** The largest `minutes_a_day` of the rows. */
export const mostMinutes = (rows: readonly TimeRow[]): number =>
  rows.reduce((most, { minutes_a_day }) => Math.max(most, minutes_a_day), 0);
