import { quantity } from '../../core/units.ts';
import type { Profile } from '../model.ts';
import { withCallees } from '../model.ts';
import { costOf, type Drawing, framesOf, wholeFill } from './flame.ts';
import { byStack } from './stacks.ts';

/** Colours of a change, up to that many points; ColorBrewer’s RdBu, which eyes that do not see red or green tell apart. */
const steps = [
  { upTo: -20, fill: '#5fa5cf', text: '−20 and below' },
  { upTo: -5, fill: '#9bcae1', text: '−20 to −5' },
  { upTo: -1, fill: '#d1e5f0', text: '−5 to −1' },
  { upTo: 1, fill: wholeFill, text: '±1' },
  { upTo: 5, fill: '#fddbc7', text: '+1 to +5' },
  { upTo: 20, fill: '#f4a582', text: '+5 to +20' },
  { upTo: Number.POSITIVE_INFINITY, fill: '#e07a66', text: '+20 and above' },
];

/**
 * Two profiles of one program as a pair of flame graphs: the first shows what went away, the second what came. A frame is blue where its
 * stack costs less afterwards and red where it costs more, in points, of which the whole before has 100. That compares amounts, so what did
 * not change stays grey while the whole shrinks; `byShare` is the colour where either whole has 100 instead, for profiles of
 * unequal length. Stacks are the same where functions and files are; lines move when code changes, so they do not count.
 * After Gregg, “Differential Flame Graphs”, 2014.
 */
export function flameDifference(before: Profile, after: Profile, title: string): Drawing {
  const known = new Map<string, number>();
  const [old, now] = [sideOf(before, known), sideOf(after, known)];
  const draw = (side: Side) =>
    framesOf(side.profile, ({ node }) => {
      const stack = node === -1 ? -1 : side.stacks[node]!;
      const [from, to] = [old.weights.get(stack), now.weights.get(stack)];
      const amounts = points(to, old.profile.total) - points(from, old.profile.total);
      const shares = points(to, now.profile.total) - points(from, old.profile.total);
      const cost = `before: ${told(from, old)}\nafter: ${told(to, now)}`;
      return { fill: colourOf(amounts), byShare: colourOf(shares), cost };
    });
  const whole = ({ total, unit }: Profile) => quantity(total, unit);
  return {
    title,
    about: `Colours tell by how many points the cost of a stack changed; the whole before, ${whole(before)}, has 100.`,
    keys: steps,
    graphs: [
      { heading: `Before: ${whole(before)}`, frames: draw(old) },
      { heading: `After: ${whole(after)}`, frames: draw(now) },
    ],
  };
}

/** A profile with one node for each stack: which stack a node is, and what each weighs with all that it called (-1: the whole). */
type Side = { profile: Profile; stacks: number[]; weights: Map<number, number> };

function sideOf(given: Profile, known: Map<string, number>): Side {
  const profile = byStack(given, ({ function: name, file }) => JSON.stringify([name, file]));
  const stacks: number[] = [];
  const weights = new Map([[-1, profile.total]]);
  const all = withCallees(profile);
  profile.nodes.forEach(({ parent, frame }, i) => {
    const { function: name, file } = profile.frames[frame]!;
    const key = JSON.stringify([parent === -1 ? -1 : stacks[parent]!, name, file]);
    if (!known.has(key)) known.set(key, known.size);
    stacks.push(known.get(key)!);
    weights.set(known.get(key)!, all[i]!);
  });
  return { profile, stacks, weights };
}

const points = (weight: number | undefined, whole: number) => (whole > 0 ? ((weight ?? 0) / whole) * 100 : 0);

const colourOf = (change: number) =>
  steps.find(({ upTo }) => (change < 0 ? change <= upTo : change < upTo))?.fill ?? wholeFill;

const told = (weight: number | undefined, { profile }: Side) =>
  weight === undefined ? 'not there' : costOf(weight, profile);
