import { quantity } from '../../core/units.ts';
import { quartiles, type Row } from '../sample-rows.ts';
import type { ThresholdLine } from '../threshold.ts';
import { plain } from '../words.ts';

/** What a figure of samples is told beside them. */
export type StripFrame = { unit: string; threshold: ThresholdLine | null; width?: number };

/**
 * A strip and box plot in plain text, for a code block: above, the samples (`·` one, `:` two, `#` more in one column);
 * below, whiskers to the extremes, the box of the quartiles and the median. Empty without samples.
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
    line('', box(row.values, column, width)),
  ]);
  const ends = [quantity(low, frame.unit), quantity(high, frame.unit)];
  const axis = `${ends[0]}${ends[1]!.padStart(Math.max(1, width - ends[0]!.length))}`;
  lines.push(`${' '.repeat(gutter)}${axis}`);
  lines.push('', '· one run  : two  # more     ├ ┤ extremes  [ ] quartiles  | median');
  if (threshold) lines.push(`¦ threshold: ${quantity(threshold.value, frame.unit)} (${plain(threshold.text)})`);
  return lines.join('\n');
}

function dots(columns: number[], width: number): string[] {
  const counts = new Array<number>(width).fill(0);
  for (const c of columns) counts[c] = (counts[c] ?? 0) + 1;
  return counts.map((n) => (n === 0 ? ' ' : n === 1 ? '·' : n === 2 ? ':' : '#'));
}

function box(values: number[], column: (value: number) => number, width: number): string[] {
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
