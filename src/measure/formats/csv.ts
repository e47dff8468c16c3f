import { unitsLike } from '../../core/units.ts';
import type { Format, Row, Stat } from './row.ts';

/**
 * A table with a line of headings. Commas, semicolons or tabs separate the cells. Each column of numbers holds samples. In each line, the
 * other cells together are the benchmark's name. A heading can end with a unit: `parse_ms`, `time (ms)`.
 */
export const csv: Format = {
  writtenBy: 'CSV with a line of headings',
  samples: 'Write one measurement per line.',
  fits: ({ text }) => tableIn(text) !== undefined,
  read({ text }) {
    const table = tableIn(text);
    return table && !isSummary(table.heads) ? rowsOf(table) : [];
  },
};

type Table = { heads: string[]; lines: string[][]; numeric: boolean[] };

function tableIn(text: string): Table | undefined {
  const [first = ''] = text.trimStart().split('\n', 1);
  const separator = [',', ';', '\t'].find((mark) => first.includes(mark)) ?? ',';
  const [heads = [], ...lines] = cellsOf(text.trim(), separator);
  if (heads.length === 0 || lines.length === 0 || heads.some((head) => head === '' || isNumber(head))) return undefined;
  if (lines.some((line) => line.length !== heads.length)) return undefined;
  const numeric = heads.map(
    (_, i) => lines.some((line) => line[i]) && lines.every((line) => isNumber(line[i]!) || line[i] === ''),
  );
  return numeric.some(Boolean) ? { heads, lines, numeric } : undefined;
}

/**
 * The cells of each line, without the quotes of RFC 4180. In the text, a cell that contains separators, quotes or line ends is in quotes.
 * Two quotes inside such a cell stand for one.
 */
function cellsOf(text: string, separator: string): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^\\n${separator}]*))(${separator}|\\r?\\n|$)`, 'y');
  const lines: string[][] = [[]];
  while (cell.lastIndex <= text.length) {
    const [whole, inQuotes, bare = '', end] = cell.exec(text) ?? [];
    if (whole === undefined) return [];
    lines.at(-1)!.push((inQuotes?.replaceAll('""', '"') ?? bare).trim());
    if (end === '') break;
    if (end !== separator) lines.push([]);
  }
  return lines;
}

const isNumber = (cell: string) => /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(cell);

/** Whether the headings name statistics, such as a median. Such a file holds no samples. */
export const isSummary = (heads: readonly string[]) =>
  heads.some((head) => /^(?:stddev|std ?dev|stdev|median|sd|p9\d|score error.*)$/i.test(head));

function rowsOf({ heads, lines, numeric }: Table): Row[] {
  const words = heads.flatMap((_, i) => (numeric[i] ? [] : [i]));
  return lines.flatMap((line): Row[] => {
    const name = words.map((i) => line[i]).join(' ');
    const columns = heads.flatMap((head, i) => {
      const { label, unit } = unitIn(head);
      const value = line[i] === '' ? undefined : Number(line[i]);
      return numeric[i] && value !== undefined
        ? [{ label, stat: { value, unit, samples: [value] } satisfies Stat }]
        : [];
    });
    if (words.length === 0)
      return columns.map(({ label, stat }) => ({ name: label, main: label, stats: { [label]: stat } }));
    const stats = Object.fromEntries(columns.map(({ label, stat }) => [label, stat]));
    return [{ name, main: columns[0]?.label ?? '', stats }];
  });
}

/** `parse_ms`, `parse [ms]`, `parse (ms)`, `ms`. */
function unitIn(head: string): { label: string; unit: string } {
  const unit = /(?:^|[ _([])([a-zA-Zµμ]+)[)\]]?$/.exec(head)?.[1] ?? '';
  return { label: head, unit: unitsLike(unit).length > 0 ? unit : '' };
}
