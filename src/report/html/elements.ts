import { html, type Markup } from '../markup.ts';
import type { Fact } from '../story/story.ts';

type Cell = string | Markup;

/** A table that scrolls within its own frame on a narrow screen. `align` has one letter per column, `l` or `r`. */
export function table(caption: string, align: string, head: string[], rows: Cell[][]): Markup {
  const side = (i: number) => (align[i] === 'r' ? 'num' : 'text');
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((h, i) => html`<th scope="col" class="${side(i)}">${unbroken(h)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((c, i) => html`<td class="${side(i)}">${typeof c === 'string' ? unbroken(c) : c}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
}

/** A list of facts with one label and value a line. */
export function factList(facts: Fact[]): Markup {
  return html`<dl class="facts">${facts.map((f) => html`<div><dt>${f.label}</dt><dd>${f.value}</dd></div>\n`)}</dl>`;
}

/** A number of the report's summary, with its label and notes. */
export type Tile = { label: string; value: string; under: readonly string[] };

export function tileList(tiles: readonly Tile[]): Markup {
  return html`<dl class="tiles">${tiles.map(
    (t) =>
      html`<div class="tile"><dt>${t.label}</dt><dd class="big">${large(t.value)}</dd>${t.under.map((u) => html`<dd class="sub">${unbroken(u)}</dd>`)}</div>\n`,
  )}</dl>`;
}

/** A verdict as a word with its sign (✓, ✗ or ?). */
export function badge(words: { word: string; mark: string; tone: string }): Markup {
  return html`<span class="badge ${words.tone}"><span aria-hidden="true">${words.mark}</span> ${words.word}</span>`;
}

/** A number in large letters. If the text ends with a remark in brackets, the remark is in small letters. */
export function large(figure: string): Markup {
  const [, value, aside] = /^(.*?)(?: (\(.*\)))?$/s.exec(figure)!;
  return html`${unbroken(value!)}${aside && html` <small>${aside}</small>`}`;
}

/** Prevents a line break between a number and its unit, and before an arrow. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (?=[%\p{L}/])/gu, '$1\u00a0').replaceAll(' →', '\u00a0→');
}

/** Two parts of a page side by side. On a phone, one part is below the other. A single part takes the whole width. */
export function sideBySide(left: Markup | null, right: Markup | null): Markup {
  return left && right ? html`<div class="pair">${left}${right}</div>` : html`${left ?? right}`;
}

/** A chart with its name and one line on how to read it. */
export function captioned(name: string, reading: string, plot: Markup): Markup {
  return html`<figure><figcaption><b>${name}</b>${reading}</figcaption>${plot}</figure>`;
}
