import { cut } from '../../core/text.ts';
import { quantity, scaleFor } from '../../core/units.ts';
import { html, type Markup } from '../markup.ts';
import { type Quartiles, quartiles, type Row, type ThresholdLine } from '../sample-rows.ts';
import { axis, type Described, figure, figureWidth } from './figure.ts';
import { extent, linearScale, pixel } from './scale.ts';

type StripData = {
  rows: Row[];
  metric: { name: string; unit: string; lower_is_better: boolean };
  threshold: ThresholdLine | null;
};

const left = 84;
const right = figureWidth - 14;
const top = 30;
const rowHeight = 54;

/**
 * For each row every sample as a dot above the box of its quartiles, whiskers to the extremes, and the threshold as a line
 * across all rows. Null without samples.
 */
export function stripPlot(data: StripData, about: Described): Markup | null {
  const { rows, metric, threshold } = data;
  if (rows.every((r) => r.values.length === 0)) return null;
  const values = [...rows.flatMap((r) => r.values), ...(threshold ? [threshold.value] : [])];
  const { per, unit } = scaleFor(Math.max(...values.map(Math.abs)), metric.unit);
  const scale = linearScale(extent(values.map((v) => v / per)), [left, right], 6);
  const at = (value: number) => scale.at(value / per);
  const bottom = top + rows.length * rowHeight;
  const direction = metric.lower_is_better ? '← lower is better' : 'higher is better →';
  const caption = `${cut(metric.name, 30)}${unit && `, ${unit}`} · ${direction}`;
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`${rows.map((row, i) => drawRow(row, i, at))}`,
    html`${threshold && thresholdMark(threshold, metric.unit, at(threshold.value), bottom)}`,
    html`<text class="caption" x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${caption}</text>`,
  ]);
}

type At = (value: number) => number;

function drawRow(row: Row, index: number, at: At): Markup {
  const y = top + index * rowHeight;
  const q = quartiles(row.values);
  return html`<g class="row row-${index}">
<text class="name" x="0" y="${y + 24}">${cut(row.label, 11)}</text>
<text class="minor" x="0" y="${y + 40}">n = ${row.values.length}</text>
${row.values.map((v, i) => html`<circle cx="${at(v)}" cy="${pixel(y + 9 + spread(i) * 18)}" r="3.2"/>`)}
${q && drawBox(q, y + 40, at)}</g>`;
}

function drawBox(q: Quartiles, y: number, at: At): Markup {
  const [min, max, q1, q3, median] = [at(q.min), at(q.max), at(q.q1), at(q.q3), at(q.median)];
  return html`<path class="whisker" d="M${min} ${y}H${q1}M${q3} ${y}H${max}M${min} ${y - 4}v8M${max} ${y - 4}v8"/>
<rect x="${q1}" y="${y - 6}" width="${pixel(Math.max(1, q3 - q1))}" height="12" rx="2"/>
<line class="median" x1="${median}" x2="${median}" y1="${y - 8}" y2="${y + 8}"/>`;
}

function thresholdMark(threshold: ThresholdLine, unit: string, x: number, bottom: number): Markup {
  const label = cut(`threshold ${quantity(threshold.value, unit)} (${threshold.text})`, 48);
  const half = label.length * 3.2;
  const middle = pixel(Math.min(Math.max(x, half), figureWidth - half));
  return html`<g class="threshold"><line x1="${x}" x2="${x}" y1="${top - 8}" y2="${bottom}"/>
<text x="${middle}" y="14" text-anchor="middle">${label}</text></g>`;
}

/** Spreads dots over a height from 0 to 1 without randomness, neighbours far from each other (plastic number). */
function spread(index: number): number {
  return (index * 0.754878) % 1;
}
