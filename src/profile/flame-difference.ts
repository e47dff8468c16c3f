import { flameGraph, type Look } from './flame.ts';
import type { Box } from './flame-layout.ts';
import type { Profile } from './model.ts';

/** Two flame graphs, each coloured by what changed: `before` shows what went away, `after` what came. */
export type Difference = { before: string; after: string };

/** A share that moved by this much has the full colour. */
const strongest = 0.2;

/**
 * The flame graphs of two profiles of the same program: red where a stack's share of the total rose from the first to the second, blue
 * where it fell. Stacks are the same where functions and files are; lines move when code changes, so they do not count.
 */
export function flameDifference(before: Profile, after: Profile, title: string): Difference {
  const stacks = new Map<string, number>();
  const [old, now] = [sharesOf(before, stacks), sharesOf(after, stacks)];
  const look =
    (own: Shares) =>
    ({ node }: Box): Look => {
      if (node === -1) return { fill: '#cccccc', note: '' };
      const stack = own.stacks[node]!;
      const [from, to] = [old.shares.get(stack) ?? 0, now.shares.get(stack) ?? 0];
      return { fill: colourOf(to - from), note: `; ${percent(from)} before, ${percent(to)} after` };
    };
  return {
    before: flameGraph(before, `${title}: before`, look(old)),
    after: flameGraph(after, `${title}: after`, look(now)),
  };
}

type Shares = { stacks: number[]; shares: Map<number, number> };

/** For each node its stack, as a number that both profiles use, and for each stack its share with all that it called, from 0 to 1. */
function sharesOf({ nodes, frames, total }: Profile, known: Map<string, number>): Shares {
  const stacks: number[] = [];
  for (const { parent, frame } of nodes) {
    const { function: name, file } = frames[frame]!;
    const key = JSON.stringify([parent === -1 ? -1 : stacks[parent]!, name, file]);
    if (!known.has(key)) known.set(key, known.size);
    stacks.push(known.get(key)!);
  }
  const weights = nodes.map((node) => node.self);
  for (let i = nodes.length - 1; i >= 0; i--) if (nodes[i]!.parent !== -1) weights[nodes[i]!.parent]! += weights[i]!;
  const shares = new Map<number, number>();
  weights.forEach((weight, i) => {
    if (total > 0) shares.set(stacks[i]!, (shares.get(stacks[i]!) ?? 0) + weight / total);
  });
  return { stacks, shares };
}

/** From blue (fell) over grey to red (rose). */
function colourOf(change: number): string {
  const strength = Math.min(1, Math.abs(change) / strongest);
  const [r, g, b] = change > 0 ? [222, 90, 74] : [74, 130, 214];
  const mixed = [r, g, b].map((part) => Math.round(226 + (part! - 226) * strength));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
