import type { Profile } from '../model.ts';

/** The weight of each node with all that it called. */
export function withCallees({ nodes }: Profile): number[] {
  const weights = nodes.map((node) => node.self);
  for (let i = nodes.length - 1; i >= 0; i--) if (nodes[i]!.parent !== -1) weights[nodes[i]!.parent]! += weights[i]!;
  return weights;
}
