import { percent } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import type { Kind, Profile } from '../model.ts';
import { withCallees } from '../model.ts';
import { type Box, labelOf, layout } from './layout.ts';
import { byStack } from './stacks.ts';

/** A frame as it is drawn. `said` begins with a line that says whose it is; the lines below tell what it costs. */
export type Drawn = Pick<Box, 'x' | 'width' | 'row'> & { name: string; said: string } & Fill;

/** A colour; `byShare`: the one that it takes where shares are compared instead of amounts. */
export type Fill = { fill: string; byShare?: string };

export type Graph = { heading: string; frames: Drawn[] };

/** One or two flame graphs, callers on top, with what their colours mean. */
export type Drawing = { title: string; about: string; keys: { fill: string; text: string }[]; graphs: Graph[] };

/** Light enough for dark text, and apart for eyes that do not see red or green. */
const kinds = {
  project: { fill: '#f2a24c', text: 'the project' },
  dependency: { fill: '#f3e16b', text: 'dependencies' },
  runtime: { fill: '#a5d0ea', text: 'runtime' },
  native: { fill: '#c9c9d4', text: 'native code' },
  gc: { fill: '#d6a1c4', text: 'garbage collection' },
} satisfies Partial<Record<Kind, { fill: string; text: string }>>;

export const wholeFill = '#e4e4e4';

/** Narrower frames (parts of the whole) are left out: no one looks for them. */
const narrowest = 1 / 10_000;

/** So many, the widest, are drawn at most: a page of more would be slow to answer. */
const most = 10_000;

/** A classified profile as a flame graph: widths are shares of its total. Equal profiles give equal drawings. */
export function flameGraph(given: Profile, title: string): Drawing {
  const profile = byStack(given, (frame) => `${frame.kind} ${labelOf(frame)}`);
  const seen = new Set(profile.frames.map((frame) => keyOf(frame.kind)));
  return {
    title,
    about: `Callers on top; widths are shares of ${quantity(profile.total, profile.unit)}.`,
    keys: (Object.keys(kinds) as (keyof typeof kinds)[]).filter((kind) => seen.has(kind)).map((kind) => kinds[kind]),
    graphs: [
      {
        heading: '',
        frames: framesOf(profile, (box) => {
          const frame = profile.frames[box.frame];
          const kind = frame && kinds[keyOf(frame.kind)];
          const cost = costOf(box.weight, profile);
          return { fill: kind?.fill ?? wholeFill, cost: kind ? `${cost}, ${kind.text}` : cost };
        }),
      },
    ],
  };
}

/** What is drawn of a profile; `look` gives a box its colour and tells what it costs. */
export function framesOf(profile: Profile, look: (box: Box) => Fill & { cost: string }): Drawn[] {
  const next = withCallees(profile).sort((a, b) => b - a)[most];
  return layout(profile, Math.max(narrowest, next === undefined ? 0 : next / profile.total)).map((box) => {
    const frame = profile.frames[box.frame];
    const label = frame ? labelOf(frame) : 'all';
    const name = frame?.function || label;
    const { cost, ...fill } = look(box);
    return { x: box.x, width: box.width, row: box.row, name, said: `${label}\n${cost}`, ...fill };
  });
}

/** `84.0 %, 1367 ms` */
export function costOf(weight: number, { total, unit }: Profile): string {
  return `${percent(total > 0 ? (weight / total) * 100 : 0)}, ${quantity(weight, unit)}`;
}

/** What the reader could not tell apart further is taken for the project’s. */
const keyOf = (kind: Kind) => (kind === 'code' ? 'project' : kind);
