import { oneLine } from '../../core/text.ts';
import { moment } from '../../core/units.ts';
import { document } from '../../report/html/document.ts';
import { badge, type Tile, tileList, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import { breakable } from './names.ts';
import { pageStyle } from './style.ts';
import { withCode } from './with-code.ts';

/** The folder and the time of a measurement. `place`: the absolute path of the folder whose hooks were measured. `at`: ISO 8601. */
export type About = { place: string; at: string };

/** A verdict as text, with its symbol. `tone`: the name of a class in the style sheet. */
export type Badge = { word: string; mark: string; tone: string };

/** The beginning of a page: its subject and the key figures. */
type Head = { command: string; title: string; verdict: Badge | null; lead: string; tiles: readonly Tile[] };

/** A page of the sentinel: its beginning and its sections. */
export function framed(head: Head, { place, at }: About, sections: readonly Markup[]): string {
  const content = html`<header>
<p class="over">perf-gate ${head.command} · ${moment(at)}</p>
<h1>${breakable(head.title)}</h1>
${head.verdict && badge(head.verdict)}
<p class="lead">${unbroken(head.lead)}</p>
</header>
${head.tiles.length > 0 && tileList(head.tiles)}
${sections}
<footer>Measured by perf-gate on the hooks of <code>${oneLine(place)}</code>.</footer>`;
  return document({ title: `${head.title} · perf-gate`, style: pageStyle, content });
}

/** Notes before the figures. Empty if there are no lines. */
export const notice = (lines: readonly string[]): Markup =>
  lines.length === 0
    ? html``
    : html`<aside class="notice"><ul>${lines.map((line) => html`<li>${withCode(line)}</li>\n`)}</ul></aside>`;
