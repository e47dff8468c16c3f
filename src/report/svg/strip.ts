import { quantity, scaleFor } from '../../core/units.ts';
import { html, type Markup } from '../markup.ts';
import { type Quartiles, quartiles, type Row, type ThresholdLine } from '../sample-rows.ts';
import {
  axis,
  caption,
  type Described,
  figure,
  figureWidth,
  fitted,
  letters,
  nameColumn,
  textWidth,
  thresholdMark,
} from './figure.ts';
import { extent, linearScale, pixel } from './scale.ts';

type StripData = {
  rows: Row[];
  metric: { name: string; unit: string; lower_is_better: boolean };
  threshold: ThresholdLine | null;
};

const right = figureWidth - 14;
const top = 30;
const rowHeight = 54;

/**
 * A strip plot. Each row shows every sample as a dot, and below the dots a box of the quartiles with whiskers to the extremes. The
 * threshold is a line through all rows. Null without samples.
 */
export function stripPlot(data: StripData, about: Described): Markup | null {
  const { rows, metric, threshold } = data;
  if (rows.every((r) => r.values.length === 0)) return null;
  const { names, left } = nameColumn(rows.map((r) => r.label));
  const values = [...rows.flatMap((r) => r.values), ...(threshold ? [threshold.value] : [])];
  const { per, unit } = scaleFor(Math.max(...values.map(Math.abs)), metric.unit);
  const scale = linearScale(extent(values.map((v) => v / per)), [left, right], 6);
  const at = (value: number) => scale.at(value / per);
  const bottom = top + rows.length * rowHeight;
  const direction = metric.lower_is_better ? '← lower is better' : 'higher is better →';
  const rest = `${unit && `, ${unit}`} · ${direction}`;
  const name = fitted(metric.name, figureWidth - textWidth(rest, letters.minor), letters.minor);
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`${rows.map((row, i) => drawRow(row, names[i]!, i, at))}`,
    html`${threshold && thresholdMark(said(threshold, metric.unit), at(threshold.value), top, bottom)}`,
    caption(`${name}${rest}`, (left + right) / 2, bottom),
  ]);
}

type At = (value: number) => number;

function drawRow(row: Row, name: string, index: number, at: At): Markup {
  const y = top + index * rowHeight;
  const q = quartiles(row.values);
  return html`<g class="row row-${index}">
<text class="name" x="0" y="${y + 24}">${name}</text>
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

const said = ({ value, text }: ThresholdLine, unit: string) => `threshold ${quantity(value, unit)} (${text})`;

/**
 * The height of a dot in its row, from 0 to 1. The height depends only on the index. The factor is the inverse of the plastic number, with
 * which successive dots get very different heights.
 */
function spread(index: number): number {
  return (index * 0.754878) % 1;
}
