import { cut, oneLine } from '../../../core/text.ts';
import { moment } from '../../../core/units.ts';

/** A table for a terminal: the head, and a line for each row. A cell is cut where it is long. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cut(oneLine(cell), 40)));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => [...(row[i] ?? '')].length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const idText = (job: string | null) => job?.slice(0, 8) ?? '';

export const timeText = (time: string | null) => (time === null ? '' : moment(time));
