import { html, type Markup } from '../markup.ts';
import { quartiles } from '../sample-rows.ts';
import { type Described, figure, figureWidth } from './figure.ts';
import { extent, linearScale } from './scale.ts';

const height = 64;

/** Values in the order in which they were taken, with a line at the median: drift shows here. Null under two values. */
export function sparkline(values: readonly number[], about: Described): Markup | null {
  const q = quartiles(values);
  if (!q || values.length < 2) return null;
  const x = linearScale([0, values.length - 1], [6, figureWidth - 6]);
  const y = linearScale(extent(values), [height - 6, 6]);
  const points = values.map((v, i) => [x.at(i), y.at(v)] as const);
  return figure(about, height, [
    html`<g class="spark"><line class="middle" x1="0" x2="${figureWidth}" y1="${y.at(q.median)}" y2="${y.at(q.median)}"/><polyline points="${points.map((p) => p.join(',')).join(' ')}"/>${points.map(([cx, cy]) => html`<circle cx="${cx}" cy="${cy}" r="2.4"/>`)}</g>`,
  ]);
}
