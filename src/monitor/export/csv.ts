import type { BenchLine } from '../analytics/by-commit.ts';
import type { DayFigures } from '../store/read.ts';

const head = [
  'day',
  'kind',
  'name',
  'plugin',
  'handler_hash',
  'metric',
  'n',
  'failed',
  'sum',
  'p50',
  'p95',
  'max',
] as const;

/** Daily figures as CSV (RFC 4180), with one line for each day of each series. */
export const csvOf = (days: readonly DayFigures[]): string =>
  [head.join(','), ...days.map((day) => head.map((name) => cell(day[name])).join(','))].join('\r\n');

const benchHead = [
  'name',
  'metric',
  'unit',
  'commit',
  'time',
  'measurements',
  'n',
  'median',
  'low',
  'high',
  'contract',
  'machine',
  'instrument',
];

/** Benchmarks as CSV, one line for each commit of each series. */
export const benchCsv = (lines: readonly BenchLine[]): string =>
  [
    benchHead.join(','),
    ...lines.flatMap(({ name, metric, unit, contract, machine, instrument, commits }) =>
      commits.map(({ commit, time, measurements, n, median, ci95 }) =>
        [
          ...[name, metric, unit, commit ?? '', new Date(time).toISOString(), measurements, n, median],
          ...[ci95?.[0] ?? '', ci95?.[1] ?? '', contract, machine, instrument],
        ]
          .map(cell)
          .join(','),
      ),
    ),
  ].join('\r\n');

/** Formats a cell. Names come from other programs, so an apostrophe is put before text that a spreadsheet would execute as a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
