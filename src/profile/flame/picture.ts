import type { Drawing } from './flame.ts';
import { escaped, frameMarkup, heightOf } from './markup.ts';

const width = 1200;
const margin = 10;
const lineHeight = 24;
const charWidth = 7.2;

/** Frames of less than half a pixel are no picture any more. */
const narrowest = 0.5 / width;

/** A drawing as one SVG that needs nothing else, scripts included: for a document, a review, a chat. Each frame has a title. */
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
