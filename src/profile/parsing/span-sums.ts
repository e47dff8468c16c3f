import { type Profile, profileBuilder } from '../model.ts';
import { namedPart } from './frames.ts';
import { unreadable } from './input.ts';

/**
 * All spans of one name inside spans of another name, such as `db` inside `request`: their total time in ms (at least 0) and their number.
 */
export type SpanSum = {
  name: string;
  /** The name of the spans that contain these spans. Null at the top. */
  parent: string | null;
  ms: number;
  count: number;
};

/** Spans with a smaller share of the profile's total are left out. Their time counts for their parent. */
const leastShare = 1e-5;
const deepest = 200;

/** Adds up spans that have the same name and the same parent. The spans may come in any order. */
export function spanSums() {
  const sums = new Map<string | null, Map<string, SpanSum>>();
  return {
    add(name: string, parent: string | null, ms: number): void {
      const inside = sums.get(parent) ?? new Map<string, SpanSum>();
      const sum = inside.get(name) ?? { name, parent, ms: 0, count: 0 };
      sum.ms += ms;
      sum.count++;
      sums.set(parent, inside.set(name, sum));
    },
    all: (): SpanSum[] => [...sums.values()].flatMap((inside) => [...inside.values()]),
  };
}

/**
 * Makes a profile from sums of spans. The own time of a span is its time minus the time of its children, so the total is the time of the
 * top spans. If children together took longer than their parent, they ran in parallel, and share the parent's time in proportion to their
 * own times. If spans of one name have several parents, the name gets one node below each parent. The time of its children is divided among
 * these nodes in proportion to the nodes' times. If no span has the name of a parent, the parent gets no node.
 * @throws profile_unreadable: some spans contain each other in a circle, and no top span contains them
 */
export function profileOfSpans(format: string, sums: readonly SpanSum[], file: string): Profile {
  const known = new Set(sums.map((sum) => sum.name));
  const inside = new Map<string | null, SpanSum[]>();
  const wholes = new Map<string, number>();
  for (const sum of sums) {
    const { name, parent, ms } = sum;
    if (name === parent) continue; // a recursion: the time of the outermost call includes the inner calls
    const at = parent !== null && known.has(parent) ? parent : null;
    if (!inside.has(at)) inside.set(at, []);
    inside.get(at)!.push(sum);
    wholes.set(name, (wholes.get(name) ?? 0) + ms);
  }
  const top = inside.get(null) ?? [];
  refuseCircles(known, inside, file);

  const builder = profileBuilder(format, 'ms', false);
  const least = leastShare * top.reduce((all, { ms }) => all + ms, 0);
  const path = new Set<string>();
  /** `share`: the part of the sum that belongs to this node, from 0 to 1. */
  const place = ({ name, ms, count }: SpanSum, share: number, parent: number) => {
    const node = builder.node(parent, namedPart(name));
    const took = ms * share;
    const part = took === 0 ? 0 : took / wholes.get(name)!;
    path.add(name);
    const followed = (inside.get(name) ?? []).filter((sum) => !path.has(sum.name) && sum.ms * part > least);
    const children = path.size < deepest ? followed : [];
    const together = part * children.reduce((all, sum) => all + sum.ms, 0);
    builder.add(node, Math.max(0, took - together), Math.round(count * share));
    const squeezed = together > took ? took / together : 1;
    for (const child of children) place(child, part * squeezed, node);
    path.delete(name);
  };
  for (const sum of top) place(sum, 1, -1);
  return builder.done();
}

/** Refuses spans that are not inside any top span, because their own time is unknown. */
function refuseCircles(known: ReadonlySet<string>, inside: Map<string | null, SpanSum[]>, file: string): void {
  const reached = new Set<string | null>([null]);
  for (const at of reached) for (const { name } of inside.get(at) ?? []) reached.add(name);
  const lost = [...known].find((name) => !reached.has(name));
  if (lost === undefined) return;
  const found = `“${lost}”, which is inside itself`;
  throw unreadable(file, 'nested spans, with at least one at the top', found);
}
