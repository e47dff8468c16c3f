import type { ColumnFigures } from '../store/columns.ts';
import { chart } from './chart.ts';
import { time } from './words.ts';

/**
 * The colour and dash pattern of each line. The colours can be distinguished with any kind of colour vision. The dashes help readers who
 * see no colours.
 */
const looks = [
  { colour: '--model' },
  { colour: '--hook', dash: [7, 4] },
  { colour: '--tool', dash: [2, 3] },
  { colour: '--agent', dash: [10, 3, 2, 3] },
  { colour: '--permission', dash: [5, 2] },
];

/** Whether the medians differ so much that the smallest would be invisible on a linear scale. */
function isWide(columns: readonly ColumnFigures[]): boolean {
  const medians = columns.map(({ p50 }) => p50);
  return Math.min(...medians) > 0 && Math.max(...medians) > 20 * Math.min(...medians);
}

/**
 * A chart of median durations with one line for each name. Only the five names with the largest sums are shown, because more lines are hard
 * to read. If the medians differ much, the scale is logarithmic.
 */
export function trendsByName(title: string, columns: readonly ColumnFigures[]): HTMLElement {
  const sums = new Map<string, number>();
  for (const { name, sum } of columns) sums.set(name, (sums.get(name) ?? 0) + sum);
  const names = [...sums].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const times = [...new Set(columns.map(({ t }) => t))].sort((a, b) => a - b);
  const at = new Map(columns.map((column) => [`${column.t} ${column.name}`, column.p50]));
  return chart({
    title,
    times,
    lines: names.slice(0, looks.length).map((name, i) => ({
      label: name,
      values: times.map((t) => at.get(`${t} ${name}`) ?? null),
      ...looks[i]!,
    })),
    shown: time,
    log: isWide(columns),
  });
}
