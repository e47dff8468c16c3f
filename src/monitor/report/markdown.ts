import { bullets, paragraphs, table, text } from '../../report/markdown/syntax.ts';
import type { PeriodReport } from './period.ts';
import { headline, type Section, sectionsOf, titleOf } from './sections.ts';

/** The report as one Markdown page. Names that come from other programs are escaped. */
export const periodMarkdown = (report: PeriodReport): string =>
  `${paragraphs([`# ${text(titleOf(report))}`, text(headline(report)), ...sectionsOf(report).map(section)])}\n`;

function section({ title, lines, table: rows }: Section): string {
  const list = lines.length === 1 ? text(lines[0]!) : bullets(lines.map(text), '');
  const filled =
    rows !== null &&
    rows.rows.length > 0 &&
    table(
      rows.align,
      rows.head,
      rows.rows.map((r) => r.map(text)),
    );
  return paragraphs([`## ${title}`, list, filled]);
}
