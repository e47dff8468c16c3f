import type { Drawn } from './flame.ts';

export const rowHeight = 18;

/** In what takes less of the width (parts of the whole), no name could be read. */
const narrowestText = 0.02;

/**
 * The frames of a graph as SVG. Each is an image of its own whose place and width are per cents, so it takes any width, and cuts off
 * what does not fit: text keeps its size. `whole`: also with what zooming brings to light.
 */
export function frameMarkup(frames: readonly Drawn[], whole: boolean): string {
  return frames
    .map(({ x, width, row, name, said, fill, byShare }) => {
      const [left, wide] = [`${+(x * 100).toFixed(4)}%`, `${+(width * 100).toFixed(4)}%`];
      const hidden = width < narrowestText;
      const text =
        hidden && !whole ? '' : `<text x="3" y="12.5"${hidden ? ' display="none"' : ''}>${escaped(name)}</text>`;
      const other = whole && byShare !== undefined ? ` data-share="${byShare}"` : '';
      return `<svg x="${left}" y="${row * rowHeight}" width="${wide}" height="${rowHeight - 1}"><title>${escaped(said)}</title><rect width="100%" height="100%" fill="${fill}"${other}/>${text}</svg>`;
    })
    .join('\n');
}

/** How high a graph is, in px. */
export const heightOf = (frames: readonly Drawn[]) =>
  rowHeight * (1 + frames.reduce((most, { row }) => Math.max(most, row), 0));

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What no XML may hold, and what turns the reading direction. A new line stays: it parts what a frame is from what it costs. */
const forbidden = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c]!).replace(forbidden, ' ');
}
