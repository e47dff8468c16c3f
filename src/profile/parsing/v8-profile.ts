import type { ProfileBuilder } from '../model.ts';
import { unreadable } from './input.ts';
import type { V8Frame } from './v8-frame.ts';

/** For each line of a function, the number of samples that were taken there. */
export type Ticks = readonly (readonly [line: number, samples: number])[];

/**
 * V8's call tree as columns, because large profiles have millions of nodes. Node i has the id `ids[i]` and the function `calls[i]`. The
 * node with the id `called[k]` was called by the node with the index `callers[k]`. `ticks`: the samples of each node by line; the key is
 * the node's index. The map is empty if the file counts no samples by line.
 */
export type V8Tree = {
  ids: number[];
  calls: V8Frame[];
  callers: number[];
  called: number[];
  ticks: Map<number, Ticks>;
};

/** A tree without nodes, for a reader to fill. */
export const emptyTree = (): V8Tree => ({ ids: [], calls: [], callers: [], called: [], ticks: new Map() });

/**
 * A V8 CPU profile, from a file or assembled from a trace. Each entry of `samples` is the id of a node. Each sample has one time delta, in
 * µs.
 */
export type V8Profile = { tree: V8Tree; samples: ArrayLike<number>; timeDeltas: ArrayLike<number> };

/**
 * Adds a V8 CPU profile, with times in ms.
 *
 * The function of sample i was on top of the stack until the next sample was taken, so its time is `timeDeltas[i + 1]` (µs). V8 places the
 * garbage collector below the root. As in Chrome's own view, the time of garbage collection counts on top of the interrupted stack.
 * `isPart`: whether the profile was assembled from parts, some of which are perhaps missing. In this case, samples of missing nodes are
 * left out, with a note.
 * @throws profile_unreadable
 */
export function addV8Profile(
  { tree, ...rest }: V8Profile,
  file: string,
  builder: ProfileBuilder,
  isPart = false,
): void {
  const byId = new Map(tree.ids.map((id, i) => [id, i]));
  const callers = callersOf(tree, byId, file, isPart);
  const nodes = placeNodes(tree, callers, file, builder);
  const { samples, timeDeltas } = inOrder(rest);
  const ms = new Float64Array(nodes.length);
  const counts = new Float64Array(nodes.length);
  let interrupted = -1;
  let stray = 0;
  for (let i = 0; i < samples.length; i++) {
    const lasted = (timeDeltas[i + 1] ?? 0) / 1000;
    const at = byId.get(samples[i]!);
    if (at === undefined && isPart) {
      stray++;
      continue;
    }
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
  if (stray > 0)
    builder.note(
      `Left out: ${stray} ${stray === 1 ? 'sample' : 'samples'} of functions that the trace does not describe.`,
    );
  counts.forEach((count, i) => {
    if (count === 0) return;
    const { frame } = tree.calls[i]!;
    const parent = callers[i] === -1 ? -1 : nodes[callers[i]!]!;
    // V8 counts a node's samples by line, but does not say which sample belongs to which line, so the node's time is divided among its
    // lines
    const ticks = tree.ticks.get(i) ?? [];
    const all = ticks.reduce((sum, [, seen]) => sum + seen, 0);
    for (const [line, seen] of ticks)
      builder.add(builder.node(parent, frame, line), (ms[i]! * seen) / all, (count * seen) / all);
    // `(root)` is no frame of a stack, but samples of `(root)` count as time too
    if (all === 0) builder.add(nodes[i] === -1 ? builder.node(-1, frame) : nodes[i]!, ms[i]!, count);
  });
}

/** The index of each node's caller. The value is -1 for roots. */
function callersOf(
  { ids, callers, called }: V8Tree,
  byId: Map<number, number>,
  file: string,
  isPart: boolean,
): Int32Array {
  const found = new Int32Array(ids.length).fill(-1);
  callers.forEach((caller, k) => {
    const child = byId.get(called[k]!);
    if (child === undefined && isPart) return;
    if (child === undefined) throw unreadable(file, 'children that are nodes', `child ${called[k]}, which is no node`);
    if (found[child] !== -1) throw unreadable(file, 'a tree', `node ${called[k]} with two callers`);
    found[child] = caller;
  });
  return found;
}

const unplaced = -2;

/** Adds the tree to the profile, callers first. Returns each node's index in the profile. `(root)` itself is no frame. */
function placeNodes({ ids, calls }: V8Tree, callers: Int32Array, file: string, builder: ProfileBuilder): Int32Array {
  const nodes = new Int32Array(ids.length).fill(unplaced);
  const path: number[] = [];
  ids.forEach((id, i) => {
    for (let at = i; at !== -1 && nodes[at] === unplaced; at = callers[at]!) {
      path.push(at);
      if (path.length > ids.length) throw unreadable(file, 'a tree', `node ${id}, whose callers form a circle`);
    }
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const parent = callers[at] === -1 ? -1 : nodes[callers[at]!]!;
      const { frame, kind } = calls[at]!;
      // the garbage collector gets a node only when a sample shows it, and idle time and `(root)` get no node
      const isPlaceless = kind === 'idle' || kind === 'gc' || frame.function === '(root)';
      nodes[at] = isPlaceless ? parent : builder.node(parent, frame);
    }
  });
  return nodes;
}

/** Sorts samples by time, because V8 may write them out of order, with negative deltas. The first sorted sample begins at 0. */
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
