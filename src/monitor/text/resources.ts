import { count } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import { type Look, paint, shown, toned } from '../../report/terminal/look.ts';
import { figures } from '../resources/figures.ts';
import type { ResourceRow, ResourceTable } from '../resources/rows.ts';
import { aligned, nothingText, spanText } from './times.ts';

const headings = [
  ['client', 'Claude Code, with all its child processes'],
  ['machine', 'The machine at the same time'],
] as const;

/** The resource tables as text. */
export function resourcesText({ rows, supported, ...span }: ResourceTable, look: Look): string {
  const noted = supported ? '' : ' Resource figures of processes are available on Linux only.';
  if (rows.length === 0) return nothingText(span, look, noted);
  const parts = headings.flatMap(([of, title]) => {
    const own = rows.filter((row) => row.of === of);
    if (own.length === 0) return [];
    const cells = own.map((row) => [wordsOf(row), ...[row.mean, row.p95, row.max].map((v) => quantity(v, row.unit))]);
    return [
      [paint([toned(title, 'strong')], look), ...aligned([['', 'mean', 'p95', 'max'], ...cells], look)].join('\n'),
    ];
  });
  const minutes = Math.max(...rows.map((row) => row.minutes));
  return [...parts, shown(`${count(minutes, 'minute')} recorded, ${spanText(span)}`, look)].join('\n\n');
}

const wordsOf = ({ metric }: ResourceRow) => figures.find(({ name }) => name === metric)!.words;
