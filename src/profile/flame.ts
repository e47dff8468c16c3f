import type { Kind, Profile } from './model.ts';

/** How the frames are told apart. */
const colours: Record<Kind, string> = {
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

type Box = { x: number; row: number; width: number; weight: number; frame: number };

/**
 * The call tree as a flame graph, callers on top: one SVG that needs nothing else. Widths are shares of the total,
 * callees of one caller stand in the order of their names, so equal profiles give equal bytes. Each frame has a title.
 * Give it a classified profile: colours and short names come from that.
 */
export function flameGraph(profile: Profile, title: string): string {
  const boxes = layout(profile);
  const height = rowHeight * (2 + Math.max(0, ...boxes.map((box) => box.row)));
  const drawn = boxes.map((box) => draw(box, profile)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="100%" role="img" font-family="ui-monospace, monospace" font-size="11">
<title>${escaped(title)}</title>
${drawn}
</svg>
`;
}

/** Boxes from the top row down; row 0 is the whole. */
function layout(profile: Profile): Box[] {
  const weights = profile.nodes.map((node) => node.self);
  const callees = new Map<number, number[]>();
  for (let i = profile.nodes.length - 1; i >= 0; i--) {
    const { parent } = profile.nodes[i]!;
    if (parent !== -1) weights[parent]! += weights[i]!;
    const siblings = callees.get(parent);
    if (siblings) siblings.push(i);
    else callees.set(parent, [i]);
  }
  const scale = profile.total > 0 ? width / profile.total : 0;
  const boxes: Box[] = [{ x: 0, row: 0, width, weight: profile.total, frame: -1 }];
  const open = [{ node: -1, x: 0, row: 1 }];
  for (let at = open.pop(); at; at = open.pop()) {
    let x = at.x;
    for (const node of inOrder(profile, callees.get(at.node) ?? [])) {
      const box = {
        x,
        row: at.row,
        width: weights[node]! * scale,
        weight: weights[node]!,
        frame: profile.nodes[node]!.frame,
      };
      if (box.width >= narrowest) {
        boxes.push(box);
        open.push({ node, x, row: at.row + 1 });
      }
      x += box.width;
    }
  }
  return boxes;
}

function inOrder(profile: Profile, nodes: number[]): number[] {
  const label = (node: number) => labelOf(profile, profile.nodes[node]!.frame);
  return nodes.sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a - b));
}

function draw(box: Box, profile: Profile): string {
  const label = labelOf(profile, box.frame);
  const name = box.frame === -1 ? label : profile.frames[box.frame]!.function || label;
  const chars = Math.floor((box.width - 4) / charWidth);
  const text = chars < 3 ? '' : name.length <= chars ? name : `${name.slice(0, chars - 1)}…`;
  const share = profile.total > 0 ? ((box.weight / profile.total) * 100).toFixed(1) : '0.0';
  const [x, y, w] = [box.x.toFixed(1), box.row * rowHeight, Math.max(0, box.width - 0.5).toFixed(1)];
  const fill = box.frame === -1 ? '#cccccc' : colours[profile.frames[box.frame]!.kind];
  const said = text && `<text x="${(box.x + 3).toFixed(1)}" y="${y + 12.5}" fill="#1a1a1a">${escaped(text)}</text>`;
  return `<g><title>${escaped(`${label}: ${share} %, ${box.weight.toFixed(1)} ${profile.unit}`)}</title><rect x="${x}" y="${y}" width="${w}" height="${rowHeight - 1}" fill="${fill}"/>${said}</g>`;
}

function labelOf(profile: Profile, frame: number): string {
  if (frame === -1) return 'all';
  const { function: name, file, line } = profile.frames[frame]!;
  const place = file === null ? '' : line === null ? file : `${file}:${line}`;
  return [name, place].filter((part) => part !== '').join(' ') || '(anonymous)';
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  // control characters are not allowed in XML at all
  return [...text].map((c) => entities[c] ?? (c < ' ' || c === '\x7f' ? ' ' : c)).join('');
}
