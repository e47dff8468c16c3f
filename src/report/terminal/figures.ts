import { oneLine } from '../../core/text.ts';
import { quantity, scaleFor } from '../../core/units.ts';
import { median, robustSd } from '../../stats/robust.ts';
import { quartiles, type Row, type ThresholdLine } from '../sample-rows.ts';
import { binBounds } from '../svg/scale.ts';
import { columns, type Look } from './look.ts';

/** `width` in columns, 76 by default. */
export type StripFrame = { unit: string; threshold: ThresholdLine | null; width?: number };

/**
 * A strip and box plot in plain text, for a terminal or a code block. Each row has two lines. The upper line shows the samples (`·` one,
 * `:` two, `#` more in one column), the lower line the quartiles, the median and whiskers to the extremes. Empty without samples.
 */
export function textStrip(rows: Row[], frame: StripFrame): string {
  const threshold = frame.threshold;
  const all = rows.flatMap((r) => r.values).filter(Number.isFinite);
  if (all.length === 0) return '';
  const gutter = Math.max(...rows.map((r) => r.label.length)) + 2;
  const width = Math.max(20, (frame.width ?? 76) - gutter);
  const low = Math.min(...all, threshold?.value ?? Infinity);
  const high = Math.max(...all, threshold?.value ?? -Infinity);
  const column = (value: number) => (high === low ? 0 : Math.round(((value - low) / (high - low)) * (width - 1)));

  const mark = threshold && column(threshold.value);
  const line = (label: string, cells: string[]) => {
    if (mark !== null && cells[mark] === ' ') cells[mark] = '¦';
    return `${label.padEnd(gutter)}${cells.join('')}`.trimEnd();
  };
  const lines = rows.flatMap((row) => [
    line(row.label, dots(row.values.map(column), width)),
    line('', boxPlot(row.values, column, width)),
  ]);
  const ends = [quantity(low, frame.unit), quantity(high, frame.unit)];
  const axis = `${ends[0]}${ends[1]!.padStart(Math.max(1, width - ends[0]!.length))}`;
  lines.push(`${' '.repeat(gutter)}${axis}`);
  lines.push('', '· one sample  : two  # more     ├ ┤ extremes  [ ] quartiles  | median');
  if (threshold) lines.push(`¦ threshold: ${quantity(threshold.value, frame.unit)} (${oneLine(threshold.text)})`);
  return lines.join('\n');
}

function dots(columns: number[], width: number): string[] {
  const counts = new Array<number>(width).fill(0);
  for (const c of columns) counts[c] = (counts[c] ?? 0) + 1;
  return counts.map((n) => (n === 0 ? ' ' : n === 1 ? '·' : n === 2 ? ':' : '#'));
}

function boxPlot(values: number[], column: (value: number) => number, width: number): string[] {
  const cells = new Array<string>(width).fill(' ');
  const q = quartiles(values);
  if (!q) return cells;
  const at = { min: column(q.min), q1: column(q.q1), median: column(q.median), q3: column(q.q3), max: column(q.max) };
  for (let i = at.min; i <= at.max; i++) cells[i] = i < at.q1 || i > at.q3 ? '─' : '=';
  cells[at.min] = '├';
  cells[at.max] = '┤';
  cells[at.q1] = '[';
  cells[at.q3] = ']';
  cells[at.median] = '|';
  return cells;
}

const mostBins = 10;

/**
 * A histogram with round bounds, one bin a line, at most about twelve lines. A last line counts the values that are
 * more than ten robust standard deviations from the median. If they were drawn, all other values would be in one bin. Empty if there
 * are fewer than two distinct values.
 */
export function textHistogram(values: readonly number[], unit: string, look: Look): string {
  const [near, far] = parted(values);
  if (new Set(near).size < 2) return '';
  const bounds = binBounds(near, mostBins);
  const scale = scaleFor(Math.max(...values.map(Math.abs)), unit);
  const step = (bounds[1]! - bounds[0]!) / scale.per;
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const bins = bounds.slice(1).map((high, i) => ({
    label: `${(bounds[i]! / scale.per).toFixed(digits)} ${scale.unit}`.trim(),
    n: near.filter((v) => v >= bounds[i]! && (v < high || i === bounds.length - 2)).length,
  }));
  const gutter = Math.max(...bins.map((b) => columns(b.label)));
  const width = Math.max(10, Math.min(40, look.width - gutter - 10));
  const most = Math.max(...bins.map((b) => b.n));
  const bar = (n: number) =>
    (look.unicode ? '█' : '#').repeat(n === 0 ? 0 : Math.max(1, Math.round((n / most) * width)));
  const lines = bins.map((b) => `${b.label.padStart(gutter)} ${bar(b.n)}${b.n > 0 ? ` ${b.n}` : ''}`.trimEnd());
  if (far.length > 0) lines.push(`${far.length} far out, up to ${quantity(Math.max(...far), unit)}`);
  return lines.join('\n');
}

/** Returns the values near the median, then the values far from it. */
function parted(values: readonly number[]): [near: number[], far: number[]] {
  const centre = median([...values]);
  const sd = robustSd([...values]);
  const isNear = (v: number) => sd <= 0 || Math.abs(v - centre) <= 10 * sd;
  return [values.filter(isNear), values.filter((v) => !isNear(v))];
}
