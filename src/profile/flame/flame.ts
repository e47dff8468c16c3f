import { percent } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import { type Kind, type Profile, withCallees } from '../model.ts';
import { type Box, byStack, labelOf, layout } from './layout.ts';

/** A drawn frame. `tooltip`: a line with the frame's function and location, then lines with the frame's cost. */
export type Drawn = Pick<Box, 'x' | 'width' | 'row'> & { name: string; tooltip: string } & Fill;

/** A frame's colour. `byShare`: the colour for a comparison of two profiles by shares instead of amounts. */
export type Fill = { fill: string; byShare?: string };

/** A flame graph. Each frame is followed by the frames that it called. */
export type Graph = { heading: string; frames: Drawn[] };

/** One or two flame graphs, callers on top, with the meaning of their colours. */
export type Drawing = { title: string; about: string; keys: { fill: string; text: string }[]; graphs: Graph[] };

/** The colours of kinds of code: light enough for dark text, and distinct for people who cannot tell red from green. */
const kinds = {
  project: { fill: '#f2a24c', text: 'the project' },
  dependency: { fill: '#f3e16b', text: 'dependencies' },
  runtime: { fill: '#a5d0ea', text: 'runtime' },
  native: { fill: '#c9c9d4', text: 'native code' },
  gc: { fill: '#d6a1c4', text: 'garbage collection' },
} satisfies Partial<Record<Kind, { fill: string; text: string }>>;

/** The colour of the root frame, and of frames whose cost did not change. */
export const wholeFill = '#e4e4e4';

/** The width of the narrowest frame that is drawn, as a fraction of the graph's width. */
const narrowest = 1 / 10_000;

/** The maximum number of frames. If a graph has more, only the widest are drawn, because a page with more frames would be slow. */
const most = 10_000;

/** Draws a classified profile as a flame graph. A frame's width is its share of the profile's total. Equal profiles give equal drawings. */
export function flameGraph(given: Profile, title: string): Drawing {
  const profile = byStack(given, (frame) => `${frame.kind} ${labelOf(frame)}`);
  const seen = new Set(profile.frames.map((frame) => keyOf(frame.kind)));
  return {
    title,
    about: `Callers are on top. The width of a frame is its share of ${quantity(profile.total, profile.unit)}.`,
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

/** The frames of a profile that are drawn. `look` gives each box its colour and its cost as text. */
export function framesOf(profile: Profile, look: (box: Box) => Fill & { cost: string }): Drawn[] {
  const next = withCallees(profile).sort((a, b) => b - a)[most];
  return layout(profile, Math.max(narrowest, next === undefined ? 0 : next / profile.total)).map((box) => {
    const frame = profile.frames[box.frame];
    const label = frame ? labelOf(frame) : 'all';
    const name = frame?.function || label;
    const { cost, ...fill } = look(box);
    return { x: box.x, width: box.width, row: box.row, name, tooltip: `${label}\n${cost}`, ...fill };
  });
}

/** `84.0 %, 1367 ms` */
export function costOf(weight: number, { total, unit }: Profile): string {
  return `${percent(total > 0 ? (weight / total) * 100 : 0)}, ${quantity(weight, unit)}`;
}

/** The kind of code that decides a frame's colour. An unclassified frame counts as the project's code. */
const keyOf = (kind: Kind) => (kind === 'code' ? 'project' : kind);
