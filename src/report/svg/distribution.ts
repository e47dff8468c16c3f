import { html, type Markup } from '../markup.ts';
import { axis, type Described, figure, figureWidth } from './figure.ts';
import { extent, linearScale, pixel } from './scale.ts';

const left = 18;
const right = figureWidth - 18;
const top = 8;
const bottom = 118;

/** How often values fell between round bounds. Values as they are shown, in `unit`. Null without values. */
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
    html`<text class="caption" x="${figureWidth / 2}" y="${bottom + 34}" text-anchor="middle">${unit}</text>`,
  ]);
}

/** Round bounds, about as many bins as the square root of the number of values, from four to about `most`. */
export function binBounds(values: readonly number[], most = Infinity): number[] {
  const wanted = Math.min(most, Math.max(4, Math.round(Math.sqrt(values.length))));
  let ticks: number[] = [];
  // A step that is rounded up far leaves one tick inside, or none: a finer one leaves two.
  for (let count = wanted; ticks.length < 2; count++) ticks = linearScale(extent(values, 0), [0, 1], count).ticks;
  const step = ticks[1]! - ticks[0]!;
  const first = ticks[0]! > Math.min(...values) ? ticks[0]! - step : ticks[0]!;
  const last = Math.max(...values, ticks.at(-1)!);
  const count = Math.max(1, Math.ceil((last - first) / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => first + i * step);
}
