import type { ProfileBuilder } from '../model.ts';
import { unreadable } from './input.ts';
import type { V8Frame } from './v8-frame.ts';

/** On which lines of a function how many samples were taken. */
export type Ticks = readonly (readonly [line: number, samples: number])[];

/**
 * V8's call tree as columns, because large profiles have millions of nodes: node i has the id `ids[i]`. `callers[k]` is the index of
 * the node that called the one with the id `called[k]`. `ticks`: by the index of a node, where that is told.
 */
export type V8Tree = {
  ids: number[];
  calls: V8Frame[];
  callers: number[];
  called: number[];
  ticks: Map<number, Ticks>;
};

export const emptyTree = (): V8Tree => ({ ids: [], calls: [], callers: [], called: [], ticks: new Map() });

/** A V8 CPU profile as it stands in files, and as it is put together out of a trace. Samples are ids; one delta (µs) for each. */
export type V8Profile = { tree: V8Tree; samples: ArrayLike<number>; timeDeltas: ArrayLike<number> };

/**
 * Adds a V8 CPU profile. Times in ms.
 *
 * Sample i was on top of the stack until the next one was taken, so its time is `timeDeltas[i + 1]` (µs). V8 puts the
 * garbage collector below the root; like Chrome's own view, its time is put on top of the stack that it interrupted.
 * @throws profile_unreadable
 */
export function addV8Profile({ tree, ...rest }: V8Profile, file: string, builder: ProfileBuilder): void {
  const byId = new Map(tree.ids.map((id, i) => [id, i]));
  const callers = callersOf(tree, byId, file);
  const nodes = placeNodes(tree, callers, file, builder);
  const { samples, timeDeltas } = inOrder(rest);
  const ms = new Float64Array(nodes.length);
  const counts = new Float64Array(nodes.length);
  let interrupted = -1;
  for (let i = 0; i < samples.length; i++) {
    const lasted = (timeDeltas[i + 1] ?? 0) / 1000;
    const at = byId.get(samples[i]!);
    if (at === undefined)
      throw unreadable(file, 'samples that name nodes of the tree', `a sample of node ${samples[i]}`);
    const { kind, frame } = tree.calls[at]!;
    if (kind === 'idle') {
      builder.idle(lasted);
      interrupted = -1;
    } else if (kind === 'gc') {
      builder.add(builder.node(interrupted, frame), lasted, 1);
    } else {
      ms[at]! += lasted;
      counts[at]!++;
      interrupted = kind === 'native' ? -1 : nodes[at]!;
    }
  }
  counts.forEach((count, i) => {
    if (count === 0) return;
    const { frame } = tree.calls[i]!;
    const parent = callers[i] === -1 ? -1 : nodes[callers[i]!]!;
    // V8 counts a node's samples by line, apart from their order: its time is shared out among these lines
    const ticks = tree.ticks.get(i) ?? [];
    const all = ticks.reduce((sum, [, seen]) => sum + seen, 0);
    for (const [line, seen] of ticks)
      builder.add(builder.node(parent, frame, line), (ms[i]! * seen) / all, (count * seen) / all);
    // (root) is no frame of a stack, but a sample of it is time all the same
    if (all === 0) builder.add(nodes[i] === -1 ? builder.node(-1, frame) : nodes[i]!, ms[i]!, count);
  });
}

/** For each node the index of its caller, -1 for a root. */
function callersOf({ ids, callers, called }: V8Tree, byId: Map<number, number>, file: string): Int32Array {
  const found = new Int32Array(ids.length).fill(-1);
  callers.forEach((caller, k) => {
    const child = byId.get(called[k]!);
    if (child === undefined) throw unreadable(file, 'children that are nodes', `child ${called[k]} that is none`);
    if (found[child] !== -1) throw unreadable(file, 'a tree', `node ${called[k]} with two callers`);
    found[child] = caller;
  });
  return found;
}

const unplaced = -2;

/** Puts the tree below its roots into the profile, callers first: for each node its place there. `(root)` itself is no frame. */
function placeNodes({ ids, calls }: V8Tree, callers: Int32Array, file: string, builder: ProfileBuilder): Int32Array {
  const nodes = new Int32Array(ids.length).fill(unplaced);
  const path: number[] = [];
  ids.forEach((id, i) => {
    for (let at = i; at !== -1 && nodes[at] === unplaced; at = callers[at]!) {
      path.push(at);
      if (path.length > ids.length) throw unreadable(file, 'a tree', `node ${id} that calls itself in a circle`);
    }
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const parent = callers[at] === -1 ? -1 : nodes[callers[at]!]!;
      const { frame, kind } = calls[at]!;
      // the garbage collector gets its place when it is seen, and idle time none
      const isPlaceless = kind === 'idle' || kind === 'gc' || frame.function === '(root)';
      nodes[at] = isPlaceless ? parent : builder.node(parent, frame);
    }
  });
  return nodes;
}

/** V8 may write samples out of order (negative deltas): then they are sorted by their time, and the first begins at 0. */
function inOrder({ samples, timeDeltas }: Omit<V8Profile, 'tree'>): Omit<V8Profile, 'tree'> {
  let isInOrder = true;
  for (let i = 0; i < timeDeltas.length; i++) isInOrder &&= timeDeltas[i]! >= 0;
  if (isInOrder) return { samples, timeDeltas };
  const at = new Float64Array(samples.length);
  let now = 0;
  for (let i = 0; i < samples.length; i++) {
    now += timeDeltas[i]!;
    at[i] = now;
  }
  const order = Uint32Array.from(at, (_, i) => i).sort((a, b) => at[a]! - at[b]! || a - b);
  return {
    samples: Float64Array.from(order, (i) => samples[i]!),
    timeDeltas: Float64Array.from(order, (each, i) => at[each]! - (i === 0 ? 0 : at[order[i - 1]!]!)),
  };
}
