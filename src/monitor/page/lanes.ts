import { h, s } from './h.ts';
import type { Pause } from './pauses.ts';
import { time } from './words.ts';

/** A bar of the picture, which stands for an activity with a duration. `start` and `end` are positions on the time axis. */
export type Bar = { start: number; end: number; kind: string; name: string; label: string; failed: boolean };

export type Lane = { name: string; bars: readonly Bar[] };

type Picture = {
  lanes: readonly Lane[];
  /** The visible part of the time axis begins at `from` and ends at `to`. */
  from: number;
  to: number;
  /** Height of a bar in px. */
  height: number;
  /** The labels of the time axis. `at`: the position on the axis, between 0 (left) and 1 (right). */
  ticks: readonly { at: number; text: string }[];
  /** Whether to write the names into bars that are wide enough. */
  named: boolean;
  /** The pauses that were cut out of the picture. */
  pauses?: readonly Pause[];
  /** The bar that was selected with the arrow keys. */
  chosen?: Bar | null;
};

/**
 * Bars narrower than `LEAST` are drawn with the width `LEAST`. Bars narrower than `LEAST_NAMED` show no name. Both constants are in per
 * cent of the picture's width.
 */
const LEAST = 0.12;
const LEAST_NAMED = 5;

/**
 * A picture of lanes above a common time axis. The name of each lane is to its left. Bars of a lane that overlap in time are drawn below
 * each other.
 */
export function lanes({
  lanes: all,
  from,
  to,
  height,
  ticks,
  named,
  pauses = [],
  chosen = null,
}: Picture): HTMLElement {
  const share = (t: number) => (100 * (t - from)) / (to - from || 1);
  const number = new Map(all.flatMap(({ bars }) => bars).map((bar, i) => [bar, i]));
  const place = { share, height, named, number, chosen };
  const rows = all.flatMap(({ name, bars }) => {
    const packed = inRows(bars.filter(({ start, end }) => end >= from && start <= to));
    const svg = s(
      'svg',
      { class: 'lane', height: Math.max(1, packed.length) * (height + 1), 'aria-hidden': 'true' },
      ...packed.flatMap((row, i) => row.map((bar) => barOf(bar, { ...place, y: i * (height + 1) }))),
    );
    return [h('span', { class: 'lane-name soft', title: name }, name), svg];
  });
  const cuts = pauses.filter(({ at }) => at >= from && at <= to);
  const axis = s(
    'svg',
    { class: 'lane axis', height: 18, 'aria-hidden': 'true' },
    ...ticks.flatMap(({ at, text }, i) => [
      s(
        'text',
        {
          x: `${100 * at}%`,
          y: 13,
          'text-anchor': at > 0.95 ? 'end' : at < 0.05 ? 'start' : 'middle',
          class: (i % 2 === 1 || i === ticks.length - 2) && i < ticks.length - 1 && 'minor',
        },
        text,
      ),
    ]),
  );
  const cut = s(
    'svg',
    { class: 'lane cuts', height: 8, 'aria-hidden': 'true' },
    ...cuts.map(({ at, ms }) =>
      s('rect', { x: `${share(at)}%`, width: '0.8%', height: 6, y: 1 }, s('title', {}, `pause of ${time(ms)}`)),
    ),
  );
  return h('div', { class: 'lanes' }, ...rows, ...(cuts.length > 0 ? [h('span'), cut] : []), h('span'), axis);
}

type Placed = {
  share: (t: number) => number;
  y: number;
  height: number;
  named: boolean;
  /** The number of each bar. With this number, an event listener finds the bar that was clicked. */
  number: ReadonlyMap<Bar, number>;
  chosen: Bar | null;
};

function barOf(bar: Bar, { share, y, height, named, number, chosen }: Placed): SVGElement {
  const x = Math.max(0, share(bar.start));
  const width = Math.max(LEAST, Math.min(100, share(bar.end)) - x);
  const rect = s('rect', {
    x: `${x.toFixed(3)}%`,
    y,
    width: `${width.toFixed(3)}%`,
    height,
    rx: 1.5,
    class: `fill-${bar.kind}${bar.failed ? ' failed' : ''}${bar === chosen ? ' chosen' : ''}`,
    'data-bar': number.get(bar),
  });
  rect.append(s('title', {}, bar.label));
  if (!named || width < LEAST_NAMED) return rect;
  const text = s('text', { x: 4, y: height - 5, class: `on-${bar.kind}` }, bar.name);
  return s(
    'g',
    {},
    rect,
    s('svg', { x: `${x.toFixed(3)}%`, y, width: `${width.toFixed(3)}%`, height, class: 'clip' }, text),
  );
}

/** Distributes the bars of a lane over rows. Each bar is put into the first free row. */
function inRows(bars: readonly Bar[]): Bar[][] {
  const rows: { end: number; bars: Bar[] }[] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const row = rows.find(({ end }) => end <= bar.start + 2);
    if (row) {
      row.bars.push(bar);
      row.end = bar.end;
    } else if (rows.length < MOST_ROWS) rows.push({ end: bar.end, bars: [bar] });
    else rows[0]!.bars.push(bar);
  }
  return rows.map(({ bars: own }) => own);
}

/** A lane has at most this number of rows. If all rows are occupied, further bars are drawn over the first row. */
const MOST_ROWS = 6;
