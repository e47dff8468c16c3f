import { html, type Markup } from '../markup.ts';
import { quartiles } from '../sample-rows.ts';
import { axis, caption, type Described, figure, figureWidth } from './figure.ts';
import { binBounds, extent, linearScale, pixel } from './scale.ts';

const left = 18;
const right = figureWidth - 18;
const top = 8;
const bottom = 118;

/** A histogram with round bounds. `values` are already scaled to `unit`. Null without values. */
export function histogram(values: readonly number[], unit: string, about: Described): Markup | null {
  if (values.length === 0) return null;
  const bounds = binBounds(values);
  const scale = linearScale([bounds[0]!, bounds.at(-1)!], [left, right], 6);
  const bins = bounds.slice(1).map((high, i) => ({ low: bounds[i]!, high, n: 0 }));
  for (const value of values) (bins.find((b) => value < b.high) ?? bins.at(-1)!).n++;
  const most = Math.max(...bins.map((b) => b.n));
  const bars = bins.map((bin) => {
    const height = pixel((bin.n / most) * (bottom - top - 14));
    const [x, width] = [scale.at(bin.low), pixel(scale.at(bin.high) - scale.at(bin.low))];
    const count =
      bin.n > 0 &&
      html`<text class="minor" x="${pixel(x + width / 2)}" y="${pixel(bottom - height - 4)}" text-anchor="middle">${bin.n}</text>`;
    return html`<rect x="${pixel(x + 1)}" y="${pixel(bottom - height)}" width="${pixel(Math.max(1, width - 2))}" height="${height}" rx="1"/>${count}`;
  });
  return figure(about, bottom + 40, [
    axis(scale, bottom, bottom),
    html`<g class="bins">${bars}</g>`,
    caption(unit, figureWidth / 2, bottom),
  ]);
}

const orderHeight = 64;

/**
 * A figure of the values in the order of measurement, with a line at the median. The figure shows drift. Null if there are fewer than two
 * values.
 */
export function sparkline(values: readonly number[], about: Described): Markup | null {
  const q = quartiles(values);
  if (!q || values.length < 2) return null;
  const x = linearScale([0, values.length - 1], [6, figureWidth - 6]);
  const y = linearScale(extent(values), [orderHeight - 6, 6]);
  const points = values.map((v, i) => [x.at(i), y.at(v)] as const);
  return figure(about, orderHeight, [
    html`<g class="spark"><line class="middle" x1="0" x2="${figureWidth}" y1="${y.at(q.median)}" y2="${y.at(q.median)}"/><polyline points="${points.map((p) => p.join(',')).join(' ')}"/>${points.map(([cx, cy]) => html`<circle cx="${cx}" cy="${cy}" r="2.4"/>`)}</g>`,
  ]);
}
