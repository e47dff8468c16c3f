import { cut, oneLine } from '../../../core/text.ts';
import { moment } from '../../../core/units.ts';
import type { Tools } from '../../terminal/tools.ts';

/** For each column heading, a function that returns the cell of a row. */
type Columns<Row> = Record<string, (row: Row) => string>;

/**
 * Prints rows as a table. With --json, prints an object that holds the rows under one key. `name`: this key. `none`: the text for an empty
 * table.
 */
export function tellRows<Row>(
  tools: Tools,
  { name, none }: { name: string; none: string },
  { rows, columns }: { rows: readonly Row[]; columns: Columns<Row> },
): void {
  if (tools.json) tools.out(JSON.stringify({ [name]: rows }));
  else if (rows.length === 0) tools.out(none);
  else
    tools.out(
      tableText(
        Object.keys(columns),
        rows.map((row) => Object.values(columns).map((cell) => cell(row))),
      ),
    );
}

/** The table as text: a line of headings, and a line for each row. Longer cells are cut to 40 characters. */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
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
