import { html, type Markup } from '../../report/markup.ts';
import { axis, caption, type Described, figure, thresholdMark } from '../../report/svg/figure.ts';
import { span } from '../../report/svg/forest.ts';
import { extent, linearScale } from '../../report/svg/scale.ts';
import { signed } from '../compare/words.ts';
import type { TwoLines } from './names.ts';
import { names, rightEnd } from './rows.ts';

/** A change with its interval, in per cent; positive means slower. `kind`: the class of the change in the report's style sheet. */
export type ChangeRow = {
  label: TwoLines;
  kind: 'accepted' | 'rejected' | 'inconclusive';
  change: number;
  interval: [number | null, number | null];
};

const top = 30;
const rowHeight = 38;

/**
 * The end of the axis, in multiples of the threshold. Without this limit, a hook that became ten times slower would make all other changes
 * too small to see.
 */
const FARTHEST = 8;

/**
 * All changes on one axis, with lines at zero and at the threshold. A change beyond the end of the axis is written as a number. Null
 * without rows.
 */
export function changesPlot(rows: readonly ChangeRow[], thresholdPct: number, about: Described): Markup | null {
  if (rows.length === 0) return null;
  const { left, at: nameAt } = names(rows.map(({ label }) => label));
  const ends = rows.flatMap(({ change, interval }) => [change, ...interval]).filter((end) => end !== null);
  const farthest = FARTHEST * thresholdPct;
  const within = (end: number) => Math.max(-farthest, Math.min(farthest, end));
  const scale = linearScale(extent([0, thresholdPct, ...ends.map(within)]), [left, rightEnd], 5);
  const bottom = top + rows.length * rowHeight;
  const drawn = rows.map(({ kind, change, interval }, i) => {
    const y = top + i * rowHeight + 19;
    const mark =
      within(change) === change
        ? html`${span(bounded(interval, farthest), y, { scale, left, right: rightEnd })}<circle cx="${scale.at(change)}" cy="${y}" r="4.2"/>`
        : beyond(change, y, { left, right: rightEnd });
    return html`<g class="${kind}"><g stroke="none">${nameAt(i, y - 3)}</g>
${mark}</g>\n`;
  });
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`<g class="forest"><line class="zero" x1="${scale.at(0)}" x2="${scale.at(0)}" y1="${top}" y2="${bottom}"/>${drawn}</g>`,
    thresholdMark(`threshold ${thresholdPct} %`, scale.at(thresholdPct), top, bottom),
    caption('change, % · slower →', (left + rightEnd) / 2, bottom),
  ]);
}

/** Cuts an interval at the edge of the axis. An unbounded interval also ends at the edge. */
const bounded = (interval: ChangeRow['interval'], farthest: number): ChangeRow['interval'] => {
  const [low, high] = interval.map((end) => (end !== null && Math.abs(end) > farthest ? null : end));
  return [low ?? null, high ?? null];
};

/** An arrow at the edge of the axis, next to the number. */
function beyond(change: number, y: number, { left, right }: { left: number; right: number }): Markup {
  const [x, back, anchor] = change > 0 ? [right, -7, 'end'] : [left, 7, 'start'];
  return html`<path d="M${x} ${y}l${back} -5v10z"/><text class="value" stroke="none" x="${x + 2 * back}" y="${y + 4}" text-anchor="${anchor}">${signed(change)} %</text>`;
}
