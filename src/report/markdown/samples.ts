import { scaleFor } from '../../core/units.ts';
import { rawRows } from '../other-wall.ts';
import { armRows, quartiles, type Row } from '../sample-rows.ts';
import type { Arms } from '../story/story.ts';
import { type StripFrame, textStrip } from '../terminal/figures.ts';
import { block, paragraphs, table, text } from './syntax.ts';

/**
 * A table of samples. For each row, it shows the number of executions, the extremes and the quartiles, all in the same unit. Null without
 * samples.
 */
export function samplesTable(rows: Row[], unit: string): string | null {
  const largest = Math.max(...rows.flatMap((r) => r.values.map(Math.abs)));
  if (!Number.isFinite(largest)) return null;
  const scale = scaleFor(largest, unit);
  const digits = decimals(largest / scale.per);
  const lines = rows.map((row) => {
    const q = quartiles(row.values);
    const figures = q
      ? [q.min, q.q1, q.median, q.q3, q.max].map((v) => (v / scale.per).toFixed(digits))
      : ['–', '–', '–', '–', '–'];
    return [text(row.label), String(row.values.length), ...figures];
  });
  const head = ['arm', 'samples', 'min', 'q1', 'median', 'q3', `max (${text(scale.unit)})`];
  return table('lrrrrrr', head, lines);
}

/** The samples as a table and as a figure in plain text. Null without samples. */
export function samplesMarkdown(arms: Arms, frame: StripFrame): string | null {
  const rows = armRows(arms);
  const figures = samplesTable([...rows, ...rawRows(arms)], frame.unit);
  return figures && paragraphs([figures, block(textStrip(rows, frame), 'text')]);
}

/** The number of decimals with which a value has at least four significant digits. */
function decimals(largest: number): number {
  if (largest === 0) return 0;
  return Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(largest))));
}
