import { type Box, labelOf, layout } from './flame-layout.ts';
import type { Kind, Profile } from './model.ts';

/** How the frames are told apart. */
export const colours: Record<Kind, string> = {
  project: '#e8804a',
  code: '#e8804a',
  dependency: '#d9b44a',
  runtime: '#9db7c9',
  native: '#b9b3c9',
  gc: '#c98f9d',
};

const width = 1200;
const rowHeight = 18;
/** Narrower frames (px) are left out: they could not be read nor hit. */
const narrowest = 0.5;
const charWidth = 6.6;

/** What a frame looks like, and what is said of it beyond its share. */
export type Look = { fill: string; note: string };

/**
 * The call tree as a flame graph, callers on top: one SVG that needs nothing else. Widths are shares of the total,
 * callees of one caller stand in the order of their names, so equal profiles give equal bytes. Each frame has a title.
 * Give it a classified profile: colours and short names come from that.
 */
export function flameGraph(profile: Profile, title: string, look: (box: Box) => Look = lookOf(profile)): string {
  const boxes = layout(profile, narrowest / width);
  const height = rowHeight * (2 + boxes.reduce((most, box) => Math.max(most, box.row), 0));
  const drawn = boxes.map((box) => draw(box, profile, look(box))).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="100%" role="img" font-family="ui-monospace, monospace" font-size="11">
<title>${escaped(title)}</title>
${drawn}
</svg>
`;
}

const lookOf = (profile: Profile) => (box: Box) => ({
  fill: box.frame === -1 ? '#cccccc' : colours[profile.frames[box.frame]!.kind],
  note: '',
});

function draw(box: Box, profile: Profile, { fill, note }: Look): string {
  const label = labelOf(profile, box.frame);
  const name = box.frame === -1 ? label : profile.frames[box.frame]!.function || label;
  const chars = Math.floor((box.width * width - 4) / charWidth);
  const text = chars < 3 ? '' : name.length <= chars ? name : `${name.slice(0, chars - 1)}…`;
  const share = profile.total > 0 ? ((box.weight / profile.total) * 100).toFixed(1) : '0.0';
  const left = box.x * width;
  const [x, y, w] = [left.toFixed(1), box.row * rowHeight, Math.max(0, box.width * width - 0.5).toFixed(1)];
  const said = text && `<text x="${(left + 3).toFixed(1)}" y="${y + 12.5}" fill="#1a1a1a">${escaped(text)}</text>`;
  const amount = `${label}: ${share} %, ${box.weight.toFixed(1)} ${profile.unit}${note}`;
  return `<g><title>${escaped(amount)}</title><rect x="${x}" y="${y}" width="${w}" height="${rowHeight - 1}" fill="${fill}"/>${said}</g>`;
}

export function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  // control characters are not allowed in XML at all
  return [...text].map((c) => entities[c] ?? (c < ' ' || c === '\x7f' ? ' ' : c)).join('');
}
