import { type Buckets, merge, quantilesOf } from '../../../stats/log-buckets.ts';
import type { Kind } from '../../event.ts';
import { type TimeRow, timesIn } from '../../rows.ts';
import { type Column, columnsIn } from '../../store/columns.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

/**
 * The rows of the heat map are ranges of durations. Each factor of 10 is divided into 4 rows. The first row ends at 1 ms, and the last row
 * contains all waits above 56 s.
 */
const PER_DECADE = 4;
const DECADES = 5;
const ROWS = PER_DECADE * DECADES;

/**
 * The waits for hooks: counts by time and duration, percentiles, and the times of single hooks and of plugins. `cells` are [column, row,
 * count]. Row i contains waits of at most `edges_ms[i]`; the last row has no upper limit.
 */
export function hooks(seen: Seen) {
  const span = spanOf(seen);
  const step = stepOf(span);
  const { rows, ...edges } = timesIn(seen.db, span, ['hook_event', 'hook']);
  const kind: Kind = rows.some((row) => row.kind === 'hook_event') ? 'hook_event' : 'hook';
  const columns = together(columnsIn(seen.db, span, { kinds: [kind], metric: 'duration_ms', step }));
  return {
    ...edges,
    step_ms: step,
    kind,
    edges_ms: Array.from({ length: ROWS }, (_, row) => Number((10 ** (row / PER_DECADE)).toPrecision(3))),
    columns: columns.map(({ t, n, sum, buckets }) => {
      const [p50, p95] = quantilesOf(buckets, [0.5, 0.95]);
      return { t, n, sum_ms: sum, p50_ms: p50!, p95_ms: p95! };
    }),
    cells: columns.flatMap(({ buckets }, column) => cellsOf(buckets).map(([row, n]) => [column, row, n] as const)),
    plugins: pluginsOf(rows),
    rows,
  };
}

/** Merges the columns of all names into one column for each time step. */
function together(columns: readonly Column[]): Omit<Column, 'name'>[] {
  const found = new Map<number, Omit<Column, 'name'>>();
  for (const { t, n, failed, sum, buckets } of columns) {
    const column = found.get(t) ?? { t, n: 0, failed: 0, sum: 0, buckets: new Map() };
    column.n += n;
    column.failed += failed;
    column.sum += sum;
    merge(column.buckets, buckets);
    found.set(t, column);
  }
  return [...found.values()];
}

function cellsOf(buckets: Buckets): [row: number, n: number][] {
  const cells = new Map<number, number>();
  for (const [bucket, n] of buckets) {
    const ms = quantilesOf(new Map([[bucket, 1]]), [1])[0]!;
    const row = ms <= 1 ? 0 : Math.min(ROWS, Math.ceil(Math.log10(ms) * PER_DECADE));
    cells.set(row, (cells.get(row) ?? 0) + n);
  }
  return [...cells].sort(([a], [b]) => a - b);
}

/**
 * The times of single hooks, added up by plugin; empty if only hook events were recorded. The plugin '' stands for hooks in the settings of
 * a project or a user. The plugin with the most minutes comes first.
 */
function pluginsOf(rows: readonly TimeRow[]) {
  const found = new Map<string, { plugin: string; n: number; failed: number; minutes_a_day: number }>();
  for (const { kind, plugin, n, failed, minutes_a_day } of rows) {
    if (kind !== 'hook') continue;
    const before = found.get(plugin) ?? { plugin, n: 0, failed: 0, minutes_a_day: 0 };
    before.n += n;
    before.failed += failed;
    before.minutes_a_day += minutes_a_day;
    found.set(plugin, before);
  }
  return [...found.values()].sort((a, b) => b.minutes_a_day - a.minutes_a_day);
}
