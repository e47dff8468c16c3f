import type { Drawing, Drawn } from './flame.ts';

/** The height of a row of frames, in px. */
export const rowHeight = 18;

/**
 * The smallest width, as a fraction of the graph's width, at which a frame shows its name. In a narrower frame the name would be
 * unreadable.
 */
const narrowestText = 0.02;

/**
 * The frames of a graph as SVG. Each frame is an `svg` element whose position and width are in per cent. So a graph fits any width. Text
 * keeps its size, and is cut off in a narrow frame. `whole`: whether to include names and colours that are hidden at first and that a
 * page's script can show.
 */
export function frameMarkup(frames: readonly Drawn[], whole: boolean): string {
  return frames
    .map(({ x, width, row, name, tooltip, fill, byShare }) => {
      const [left, wide] = [`${+(x * 100).toFixed(4)}%`, `${+(width * 100).toFixed(4)}%`];
      const hidden = width < narrowestText;
      const text =
        hidden && !whole ? '' : `<text x="3" y="12.5"${hidden ? ' display="none"' : ''}>${escaped(name)}</text>`;
      const other = whole && byShare !== undefined ? ` data-share="${byShare}"` : '';
      return `<svg x="${left}" y="${row * rowHeight}" width="${wide}" height="${rowHeight - 1}"><title>${escaped(tooltip)}</title><rect width="100%" height="100%" fill="${fill}"${other}/>${text}</svg>`;
    })
    .join('\n');
}

/** The height of a graph, in px. */
export const heightOf = (frames: readonly Drawn[]) =>
  rowHeight * (1 + frames.reduce((most, { row }) => Math.max(most, row), 0));

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Characters that XML forbids, and characters that change the reading direction. Line feeds stay: they separate a frame's name from its
 * cost.
 */
const forbidden = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

/** Escapes a text for elements and quoted attributes, in SVG and HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c]!).replace(forbidden, ' ');
}

const width = 1200;
const margin = 10;
const lineHeight = 24;
const charWidth = 7.2;

/** Frames of less than half a pixel are left out. */
const narrowest = 0.5 / width;

/**
 * Makes one SVG image of a drawing, for a document, a review or a chat. The image has no scripts and needs no other files. Each frame has a
 * title.
 */
export function flamePicture({ title, about, keys, graphs }: Drawing): string {
  let y = 0;
  const line = (text: string, style = '') => {
    y += lineHeight;
    return `<text x="${margin}" y="${y - 6}" font-size="13"${style}>${escaped(text)}</text>`;
  };
  const parts = [line(title, ' font-weight="bold"'), line(about), legend(keys, y)];
  y += lineHeight;
  for (const { heading, frames } of graphs) {
    const shown = frames.filter((frame) => frame.width >= narrowest);
    if (heading) parts.push(line(heading, ' font-weight="bold"'));
    parts.push(
      `<svg x="${margin}" y="${y + 4}" width="${width - 2 * margin}" height="${heightOf(shown)}" font-size="11">\n${frameMarkup(shown, false)}\n</svg>`,
    );
    y += heightOf(shown) + margin;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" font-family="ui-monospace, monospace" fill="#1a1a1a">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}

function legend(keys: Drawing['keys'], y: number): string {
  let x = margin;
  return keys
    .map(({ fill, text }) => {
      const at = x;
      x += (text.length + 4) * charWidth;
      return `<rect x="${at}" y="${y + 6}" width="12" height="12" fill="${fill}" stroke="#999" stroke-width=".5"/><text x="${at + 18}" y="${y + 17}" font-size="12">${escaped(text)}</text>`;
    })
    .join('');
}
