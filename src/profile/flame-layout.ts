import type { Profile } from './model.ts';

/** A frame of a flame graph; `x` and `width` are parts of the whole, from 0 to 1. Row 0 is the whole, where `node` is -1. */
export type Box = { x: number; row: number; width: number; weight: number; node: number; frame: number };

/** Boxes from the top row down. Callees of one caller stand in the order of their names; narrower ones than `narrowest` are left out. */
export function layout(profile: Profile, narrowest: number): Box[] {
  const weights = profile.nodes.map((node) => node.self);
  const callees = new Map<number, number[]>();
  for (let i = profile.nodes.length - 1; i >= 0; i--) {
    const { parent } = profile.nodes[i]!;
    if (parent !== -1) weights[parent]! += weights[i]!;
    const siblings = callees.get(parent);
    if (siblings) siblings.push(i);
    else callees.set(parent, [i]);
  }
  const scale = profile.total > 0 ? 1 / profile.total : 0;
  const boxes: Box[] = [{ x: 0, row: 0, width: 1, weight: profile.total, node: -1, frame: -1 }];
  const open = [{ node: -1, x: 0, row: 1 }];
  for (let at = open.pop(); at; at = open.pop()) {
    let x = at.x;
    for (const node of inOrder(profile, callees.get(at.node) ?? [])) {
      const [width, weight] = [weights[node]! * scale, weights[node]!];
      if (width >= narrowest) {
        boxes.push({ x, row: at.row, width, weight, node, frame: profile.nodes[node]!.frame });
        open.push({ node, x, row: at.row + 1 });
      }
      x += width;
    }
  }
  return boxes;
}

function inOrder(profile: Profile, nodes: number[]): number[] {
  const label = (node: number) => labelOf(profile, profile.nodes[node]!.frame);
  return nodes.sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a - b));
}

/** `join src/join.mjs:2`; `all` for the whole. */
export function labelOf(profile: Profile, frame: number): string {
  if (frame === -1) return 'all';
  const { function: name, file, line } = profile.frames[frame]!;
  const place = file === null ? '' : line === null ? file : `${file}:${line}`;
  return [name, place].filter((part) => part !== '').join(' ') || '(anonymous)';
}
