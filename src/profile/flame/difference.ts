import { quantity } from '../../core/units.ts';
import { type Profile, withCallees } from '../model.ts';
import { costOf, type Drawing, framesOf, wholeFill } from './flame.ts';
import { byStack } from './layout.ts';

/**
 * The colour for each range of cost changes, in points (see `flameDifference`). The colours are ColorBrewer’s RdBu, distinct for people who
 * cannot tell red from green.
 */
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
 * Draws two profiles of one program as a pair of flame graphs. Stacks that disappeared are only in the first graph, new stacks only in the
 * second. A frame is blue if its stack costs less in the second profile, and red if the stack costs more. Costs are in points. The whole
 * first profile has 100 points. Both profiles use this scale, so an unchanged stack stays grey even if the profile's total shrinks.
 * `byShare` compares shares instead, with 100 points for each profile. Use `byShare` for profiles of unequal length. Stacks are equal if
 * their functions and files are equal. Line numbers are ignored, because they change when code is edited. Method: Gregg, “Differential
 * Flame Graphs”, 2014.
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
      const cost = `before: ${costText(from, old)}\nafter: ${costText(to, now)}`;
      return { fill: colourOf(amounts), byShare: colourOf(shares), cost };
    });
  const whole = ({ total, unit }: Profile) => quantity(total, unit);
  return {
    title,
    about: `A frame’s colour shows the change of its stack’s cost, in points: 100 points are the total cost of the first profile (${whole(before)}).`,
    keys: steps,
    graphs: [
      { heading: `Before: ${whole(before)}`, frames: draw(old) },
      { heading: `After: ${whole(after)}`, frames: draw(now) },
    ],
  };
}

/**
 * A profile with one node for each stack. `stacks[i]`: the id of the stack that ends at node i. `weights`: for the id of a stack, the
 * weight of the stack and its callees. The id -1 stands for the whole profile.
 */
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

const costText = (weight: number | undefined, { profile }: Side) =>
  weight === undefined ? 'not there' : costOf(weight, profile);
