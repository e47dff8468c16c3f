import { scaleFor } from '../../core/units.ts';
import { html, type Markup } from '../../report/markup.ts';
import { quartiles } from '../../report/sample-rows.ts';
import { axis, caption, type Described, figure, thresholdMark } from '../../report/svg/figure.ts';
import { linearScale, pixel } from '../../report/svg/scale.ts';
import { inReach, type Limit, limitWords } from './budget.ts';
import type { TwoLines } from './names.ts';
import { names, rightEnd } from './rows.ts';

/** The times of the executions of one hook, in ms. */
export type SpreadRow = { label: TwoLines; values: readonly number[] };

/** The least number of values for which a box of the quartiles is drawn. */
const BOXED = 8;

const rowHeight = 38;

/** Draws every execution of every hook as a dot, with a line at the median. A dot over the limit is filled. Null without values. */
export function spreadPlot(rows: readonly SpreadRow[], limit: Limit | null, about: Described): Markup | null {
  const most = Math.max(0, ...rows.flatMap(({ values }) => values));
  if (most === 0) return null;
  const { left, at: nameAt } = names(rows.map(({ label }) => label));
  const shown = inReach(limit, most);
  const { per, unit } = scaleFor(Math.max(most, shown?.ms ?? 0), 'ms');
  const scale = linearScale([0, (Math.max(most, shown?.ms ?? 0) / per) * 1.02], [left, rightEnd]);
  const at = (ms: number) => scale.at(ms / per);
  const top = shown === null ? 8 : 30;
  const bottom = top + rows.length * rowHeight;
  const drawn = rows.map(({ values }, i) => {
    const y = top + i * rowHeight;
    return html`<g class="spread">${nameAt(i, y + 16)}
${values.map((ms, k) => html`<circle${limit !== null && ms > limit.ms && html` class="over"`} cx="${at(ms)}" cy="${pixel(y + 12 + heightOf(k) * 14)}" r="3.2"/>`)}
${middle(values, y + 19, at)}</g>\n`;
  });
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`${drawn}`,
    html`${shown !== null && thresholdMark(limitWords(shown), at(shown.ms), top, bottom)}`,
    caption(`time of each execution, ${unit}`, (left + rightEnd) / 2, bottom),
  ]);
}

/** Draws the median, and the box of the quartiles if there are enough values. */
function middle(values: readonly number[], y: number, at: (ms: number) => number): Markup {
  const q = quartiles(values);
  if (!q) return html``;
  const [q1, median, q3] = [at(q.q1), at(q.median), at(q.q3)];
  const box = html`<rect x="${q1}" y="${y - 11}" width="${pixel(Math.max(1, q3 - q1))}" height="22" rx="2"/>`;
  return html`${values.length >= BOXED && box}<line class="median" x1="${median}" x2="${median}" y1="${y - 11}" y2="${y + 11}"/>`;
}

/**
 * The height of a dot, from 0 to 1. The factor 0.754878 is 1 ÷ the plastic number. The fractional parts of its multiples keep neighbouring
 * dots far apart, without random numbers.
 */
const heightOf = (index: number) => (index * 0.754878) % 1;
