import type { Frame, Profile, ProfileBuilder } from '../model.ts';

/** A function and its callees, from a profiler that keeps sums for each caller instead of whole stacks. */
export type GraphNode = {
  frame: Frame;
  self: number;
  /** The function's weight including its callees. Absent if unknown. */
  total?: number;
  calls: number;
  callees: Map<number, Call>;
  /** `self` by line, if the profiler kept the weights of lines. */
  lines?: Map<number, number>;
};
/**
 * All calls from one function to another. `total`: the weight of the calls, including their callees. `self`: the weight of the calls
 * without their callees. Null if unknown. `line`: the line of the most expensive call.
 */
type Call = { total: number; self: number | null; line?: number };

/**
 * Calls with a smaller share of the graph's total are not followed. The weight of such a call goes to the heaviest node of the called
 * function.
 */
const leastShare = 1e-4;
const deepest = 200;
/**
 * The maximum number of nodes in a tree. Without this limit, a hostile graph would unfold without end. Graphs of cProfile and callgrind
 * stay far below the limit.
 */
const mostPlaces = 500_000;
/** How many of a function's lines are kept, the most expensive ones first. */
const mostLines = 5;

/**
 * Unfolds a call graph into a tree, as gprof does. The cost of a function is divided among the function's callers, in proportion to the
 * cost of each caller's calls. A path ends at a function that the path already contains. If a part of a function's weight is on no path,
 * this part goes to the function's heaviest node. So the own weight of each function is exact. Only the distribution of the weight over
 * several callers is an estimate. Method: Graham, Kessler, McKusick, “gprof: a call graph execution profiler” (1982).
 */
export function unfold(graph: readonly GraphNode[], builder: ProfileBuilder): Profile {
  const received = graph.map(() => ({ total: 0, self: 0 }));
  const mainCaller = graph.map(() => ({ caller: -1, total: -1 }));
  graph.forEach(({ callees }, caller) => {
    for (const [to, call] of callees)
      if (to !== caller) {
        received[to]!.total += call.total;
        received[to]!.self += call.self ?? 0;
        if (call.total > mainCaller[to]!.total) mainCaller[to] = { caller, total: call.total };
      }
  });
  /**
   * Weight that comes from no call in the graph: all weight of a function without callers, and a part of the weight of a function in a
   * cycle.
   */
  const fromOutside = graph.map(({ self, total, callees }, at) => {
    const below = [...callees].reduce((sum, [to, call]) => (to === at ? sum : sum + call.total), 0);
    return Math.max(0, (total ?? self + below) - received[at]!.total);
  });
  const inflow = (at: number) => received[at]!.total + fromOutside[at]!;
  const left = graph.map((node) => node.self);
  const heaviest = graph.map(() => ({ node: -1, weight: -1 }));
  const whole = left.reduce((sum, self) => sum + self, 0);
  const shown = graph.map(({ lines = new Map<number, number>() }) =>
    [...lines].sort(([, a], [, b]) => b - a).slice(0, mostLines),
  );
  const onPath = new Set<number>();
  let places = 0;

  const addSelf = (at: number, parent: number, weight: number) => {
    const { frame, self } = graph[at]!;
    let rest = weight;
    for (const [line, part] of self > 0 ? shown[at]! : []) {
      const share = (weight * part) / self;
      builder.add(builder.node(parent, frame, line), share, 0);
      rest -= share;
    }
    builder.add(builder.node(parent, frame), Math.max(0, rest), 0);
  };

  /** `share`: the part of the function's weight on this path, from 0 to 1. `own`: the amount of the function's own weight on this path. */
  const place = (at: number, parent: number, share: number, own: number) => {
    const { frame, callees } = graph[at]!;
    const node = builder.node(parent, frame);
    const weight = Math.min(left[at]!, own);
    addSelf(at, parent, weight);
    left[at]! -= weight;
    if (share > heaviest[at]!.weight) heaviest[at] = { node, weight: share };
    if (onPath.size >= deepest || ++places > mostPlaces) return;
    onPath.add(at);
    for (const [to, call] of callees) {
      if (onPath.has(to) || call.total * share < whole * leastShare) continue;
      const part = inflow(to) > 0 ? (call.total * share) / inflow(to) : 0;
      const caller = call.line === undefined ? node : builder.node(parent, frame, call.line);
      place(to, caller, part, call.self === null ? graph[to]!.self * part : call.self * share);
    }
    onPath.delete(at);
  };
  graph.forEach(({ self }, at) => {
    const share = inflow(at) > 0 ? fromOutside[at]! / inflow(at) : 0;
    const explained = received[at]!.self;
    if (fromOutside[at]! > whole * leastShare)
      place(at, -1, share, explained > 0 ? Math.max(0, self - explained) : self * share);
  });
  /** Returns the heaviest node of a function. If the tree has no node of the function, adds a node below the function's main caller. */
  const homeOf = (at: number) => {
    const chain: number[] = [];
    for (let up = at; up !== -1 && heaviest[up]!.node === -1 && chain.length < deepest; up = mainCaller[up]!.caller) {
      if (chain.includes(up)) break;
      chain.push(up);
    }
    for (const each of chain.reverse()) {
      const above = mainCaller[each]!.caller;
      const node = builder.node(above === -1 ? -1 : heaviest[above]!.node, graph[each]!.frame);
      heaviest[each] = { node, weight: 0 };
    }
    return heaviest[at]!.node;
  };
  graph.forEach(({ calls }, at) => {
    builder.add(homeOf(at), Math.max(0, left[at]!), calls);
  });
  return builder.done();
}
