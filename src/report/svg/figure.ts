import { html, type Markup } from '../markup.ts';
import { columns } from '../terminal/look.ts';
import { pixel, type Scale } from './scale.ts';

/**
 * perf-gate draws its charts itself, without a library. The 400 lines of code in this folder render in 4 ms, while vega-lite, Observable
 * Plot and ECharts need 25 to 180 ms, mostly for their import. The charts of these libraries are also two to five times as large in bytes.
 * The code of perf-gate needs no packages, while the libraries need 57 to 79 packages, up to 67 MB. perf-gate also writes the same bytes
 * for the same data every time, which golden tests and reviews need.
 */

/** The width of every figure, in the figure's own pixels. Figures are narrow, so that letters stay readable on a phone. */
export const figureWidth = 440;

/** Font sizes in pixels of the figure. The style sheet uses these sizes too. */
export const letters = { name: 12.5, minor: 11.5 };

export type Described = { id: string; title: string; description: string };

/** The frame of a figure, with a title and a description for screen readers. `id` must be unique on its page. */
export function figure(about: Described, height: number, content: Markup[]): Markup {
  return html`<svg class="figure" viewBox="0 0 ${figureWidth} ${height}" width="${figureWidth}" height="${height}" role="img" aria-labelledby="${about.id}-title ${about.id}-desc"><title id="${about.id}-title">${about.title}</title><desc id="${about.id}-desc">${about.description}</desc>${content}</svg>`;
}

/** A horizontal axis with faint lines up to `top`. */
export function axis(scale: Scale, top: number, bottom: number): Markup {
  return html`<g class="axis">${scale.ticks.map((tick) => {
    const x = scale.at(tick);
    return html`<line x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>${centred(scale.label(tick), x, bottom + 15)}`;
  })}</g>`;
}

/** The caption below a figure's axis. */
export function caption(text: string, x: number, bottom: number): Markup {
  return centred(text, x, bottom + 34, 'caption');
}

/** A dashed line from above `top` down to `bottom`, with its label above it. */
export function thresholdMark(label: string, x: number, top: number, bottom: number): Markup {
  return html`<g class="threshold"><line x1="${x}" x2="${x}" y1="${top - 8}" y2="${bottom}"/>
${centred(label, x, 14)}</g>`;
}

/** Small text with its middle at `x`, moved and shortened if it would leave the figure. */
function centred(label: string, x: number, y: number, name?: string): Markup {
  const text = fitted(label, figureWidth, letters.minor);
  const half = textWidth(text, letters.minor) / 2;
  const middle = pixel(Math.min(Math.max(x, half), figureWidth - half));
  return html`<text${name && html` class="${name}"`} x="${middle}" y="${y}" text-anchor="middle">${text}</text>`;
}

/**
 * The column with the names of rows. `names`: the names, shortened to the width of the column. `left`: the `x` at which the column ends and
 * the drawing begins, between 84 and `most`.
 */
export function nameColumn(labels: string[], most = 170): { names: string[]; left: number } {
  const gap = 10;
  const widest = Math.max(...labels.map((label) => textWidth(label, letters.name)));
  const left = Math.ceil(Math.min(Math.max(widest + gap, 84), most));
  return { names: labels.map((label) => fitted(label, left - gap, letters.name)), left };
}

/** Returns the text, cut with an ellipsis if it is wider than `width`. */
export function fitted(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const all = [...text];
  let n = all.length - 1;
  while (n > 0 && textWidth(`${all.slice(0, n).join('')}…`, size, bold) > width) n--;
  return `${all.slice(0, n).join('').trimEnd()}…`;
}

/**
 * Estimates the width of a text in pixels. The estimate is an upper limit, because the reader's font is unknown. The widths of letters were
 * measured in Chromium with DejaVu Sans and Verdana, which are wider than other sans serif fonts. For usual texts in these fonts the
 * estimate is 2 to 15 % too large.
 */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const c of text) ems += emsOf(c);
  return ems * size * (bold ? 1.13 : 1);
}

function emsOf(c: string): number {
  if (columns(c) !== 1) return columns(c) / 2;
  if (/[ijlI' .,|]/.test(c)) return 0.35;
  if (/[frt!:;()[\]/-]/.test(c)) return 0.42;
  if (/[mwMW%@#&…—→←✓✗−+<>=±∞]/.test(c)) return 1;
  if (c > '\u024f') return 1.1; // such letters are not Latin, and some are wider than they are high
  return /\p{Lu}/u.test(c) ? 0.8 : 0.64;
}
