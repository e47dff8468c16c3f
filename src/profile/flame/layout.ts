import { type Frame, type Profile, profileBuilder, withCallees } from '../model.ts';

/**
 * A frame of a flame graph. `x` and `width` are fractions of the graph's width, from 0 to 1. Row 0 holds one frame for the whole profile.
 * In this frame, `node` and `frame` are -1.
 */
export type Box = { x: number; row: number; width: number; weight: number; node: number; frame: number };

/**
 * Lays out the boxes of a profile. Each box is followed by the boxes of the functions that it called. Callees of one caller are ordered by
 * name. Boxes narrower than `narrowest` are left out.
 */
export function layout(profile: Profile, narrowest: number): Box[] {
  const weights = withCallees(profile);
  const callees = new Map<number, number[]>();
  profile.nodes.forEach(({ parent }, i) => {
    const siblings = callees.get(parent);
    if (siblings) siblings.push(i);
    else callees.set(parent, [i]);
  });
  const scale = profile.total > 0 ? 1 / profile.total : 0;
  const boxes: Box[] = [];
  const open: Box[] = [{ x: 0, row: 0, width: 1, weight: profile.total, node: -1, frame: -1 }];
  for (let at = open.pop(); at; at = open.pop()) {
    boxes.push(at);
    const below: Box[] = [];
    let x = at.x;
    for (const node of inOrder(profile, callees.get(at.node) ?? [])) {
      const [width, weight] = [weights[node]! * scale, weights[node]!];
      if (width >= narrowest)
        below.push({ x, row: at.row + 1, width, weight, node, frame: profile.nodes[node]!.frame });
      x += width;
    }
    for (const box of below.reverse()) open.push(box);
  }
  return boxes;
}

function inOrder(profile: Profile, nodes: number[]): number[] {
  const label = (node: number) => labelOf(profile.frames[profile.nodes[node]!.frame]!);
  return nodes.sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a - b));
}

/** `join src/join.mjs:2` */
export function labelOf({ function: name, file, line }: Frame): string {
  const place = file === null ? '' : line === null ? file : `${file}:${line}`;
  return [name, place].filter((part) => part !== '').join(' ') || '(anonymous)';
}

/**
 * Merges the nodes of a profile, so that each node stands for one stack of functions, regardless of the lines that ran. Frames with the
 * same `key` are one function, represented by the first frame.
 */
export function byStack({ format, unit, sampled, frames, nodes }: Profile, key: (frame: Frame) => string): Profile {
  const first = new Map<string, Frame>();
  const kept = frames.map((frame) => {
    const same = key(frame);
    if (!first.has(same)) first.set(same, frame);
    return first.get(same)!;
  });
  const builder = profileBuilder(format, unit, sampled);
  const indexes: number[] = [];
  for (const { parent, frame, self, samples } of nodes) {
    const index = builder.node(parent === -1 ? -1 : indexes[parent]!, kept[frame]!);
    builder.add(index, self, samples);
    indexes.push(index);
  }
  return builder.done();
}
