import { document } from '../../report/html/document.ts';
import { table } from '../../report/html/elements.ts';
import { style } from '../../report/html/style.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { PeriodReport } from './period.ts';
import { headline, type Section, sectionsOf, titleOf } from './sections.ts';

/** The report as one HTML file, without scripts or external resources. */
export function periodHtml(report: PeriodReport): string {
  const content = html`<h1>${titleOf(report)}</h1>
<p class="lead">${headline(report)}</p>
${sectionsOf(report).map(section)}
<footer>Recorded by perf-gate. A slowdown that is not marked as proved is a suspicion.</footer>`;
  return document({ title: titleOf(report), style, content });
}

function section({ title, lines, table: rows }: Section): Markup {
  const list =
    lines.length === 1 ? html`<p>${lines[0]!}</p>` : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  return html`<section><h2>${title}</h2>
${lines.length > 0 && list}
${rows !== null && rows.rows.length > 0 && table(title, rows.align, rows.head, rows.rows)}</section>
`;
}
