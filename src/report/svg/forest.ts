import { html, type Markup } from '../markup.ts';
import { thresholdLabel } from '../words.ts';
import { axis, caption, type Described, figure, figureWidth, nameColumn, thresholdMark } from './figure.ts';
import { extent, linearScale, type Scale } from './scale.ts';

/** An estimate with its interval, in per cent. Positive is better. `kind`: the class of the estimate in the style sheet. */
type ForestRow = {
  label: string;
  kind: string;
  estimate: number;
  interval: [number | null, number | null] | null;
};

const right = figureWidth - 14;
const top = 28;
const rowHeight = 26;

/** A forest plot: the estimates and intervals of all attempts on one axis, with lines at zero and at the threshold. Null without rows. */
export function forest(rows: ForestRow[], thresholdPct: number | null, about: Described): Markup | null {
  if (rows.length === 0) return null;
  const { names, left } = nameColumn(rows.map((r) => r.label));
  const ends = rows.flatMap((r) => [r.estimate, ...(r.interval ?? [])]).filter((v) => v !== null);
  const scale = linearScale(extent([0, ...ends, ...(thresholdPct === null ? [] : [thresholdPct])]), [left, right], 5);
  const bottom = top + rows.length * rowHeight;
  const drawn = rows.map((row, i) => {
    const y = top + i * rowHeight + 13;
    return html`<g class="${row.kind}">
<text class="name" x="0" y="${y + 4}" stroke="none">${names[i]}</text>
${row.interval && span(row.interval, y, { scale, left, right })}<circle cx="${scale.at(row.estimate)}" cy="${y}" r="4.2"/></g>\n`;
  });
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`<g class="forest"><line class="zero" x1="${scale.at(0)}" x2="${scale.at(0)}" y1="${top}" y2="${bottom}"/>${drawn}</g>`,
    html`${thresholdPct !== null && thresholdMark(thresholdLabel(thresholdPct), scale.at(thresholdPct), top, bottom)}`,
    caption('improvement, % · better →', (left + right) / 2, bottom),
  ]);
}

type Room = { scale: Scale; left: number; right: number };

/**
 * An interval at the height `y`. If the interval is unbounded at one end, its line reaches the edge of the drawing there, and has no
 * end mark.
 */
export function span([low, high]: [number | null, number | null], y: number, { scale, left, right }: Room): Markup {
  const start = low === null ? left : scale.at(low);
  const end = high === null ? right : scale.at(high);
  const stops = [low, high].map((v) => (v === null ? '' : `M${scale.at(v)} ${y - 4}v8`)).join('');
  return html`<path class="span" d="M${start} ${y}H${end}${stops}"/>`;
}
