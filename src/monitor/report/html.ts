import { table } from '../../report/html/elements.ts';
import { style } from '../../report/html/style.ts';
import { html, type Markup, trusted } from '../../report/markup.ts';
import type { PeriodReport } from './period.ts';
import { headline, type Section, sectionsOf, titleOf } from './sections.ts';

/** The report in one file, which runs no script and requests nothing. */
export function periodHtml(report: PeriodReport): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${titleOf(report)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${titleOf(report)}</h1>
<p class="lead">${headline(report)}</p>
${sectionsOf(report).map(section)}
<footer>Recorded by perf-gate. What is not called proved is a suspicion.</footer>
</main>
</body>
</html>
`.markup;
}

function section({ title, lines, table: rows }: Section): Markup {
  const list =
    lines.length === 1 ? html`<p>${lines[0]!}</p>` : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  return html`<section><h2>${title}</h2>
${lines.length > 0 && list}
${rows !== null && rows.rows.length > 0 && table(title, rows.align, rows.head, rows.rows)}</section>
`;
}
