import { scaleFor } from '../../core/units.ts';
import { html, type Markup } from '../../report/markup.ts';
import {
  axis,
  caption,
  type Described,
  figure,
  figureWidth,
  letters,
  textWidth,
  thresholdMark,
} from '../../report/svg/figure.ts';
import { linearScale, pixel } from '../../report/svg/scale.ts';
import { milliseconds } from '../words.ts';
import { inReach, type Limit, limitWords } from './budget.ts';
import type { TwoLines } from './names.ts';
import { names } from './rows.ts';

/**
 * One hook of a set of hooks that ran in parallel. `start` and `end`: in ms since the set's first hook began. `waited`: whether Claude
 * Code waits for the hook.
 */
export type Bar = { label: TwoLines; start: number; end: number; waited: boolean };

const rowHeight = 38;
const gap = 6;

/** The hooks of an event, drawn as bars in time. The event's budget is drawn if it is near enough. Null without bars. */
export function gantt(bars: readonly Bar[], budget: Limit | null, about: Described): Markup | null {
  if (bars.length === 0) return null;
  const { left, at: nameAt } = names(bars.map(({ label }) => label));
  const took = bars.map(({ start, end }) => milliseconds(end - start));
  const right = figureWidth - gap - Math.ceil(Math.max(...took.map((text) => textWidth(text, letters.name, true))));
  const last = Math.max(...bars.map(({ end }) => end));
  const shown = inReach(budget, last);
  const { per, unit } = scaleFor(Math.max(last, shown?.ms ?? 0), 'ms');
  const scale = linearScale([0, Math.max(last, shown?.ms ?? 0) / per], [left, right]);
  const at = (ms: number) => scale.at(ms / per);
  const top = shown === null ? 8 : 30;
  const bottom = top + bars.length * rowHeight;
  const drawn = bars.map(({ start, end, waited }, i) => {
    const y = top + i * rowHeight;
    return html`<g class="${waited ? 'bar' : 'bar beside'}">${nameAt(i, y + 16)}
<rect x="${at(start)}" y="${y + 9}" width="${pixel(Math.max(1, at(end) - at(start)))}" height="20" rx="2"/>
<text class="value" x="${pixel(at(end) + gap)}" y="${y + 23}">${took[i]}</text></g>\n`;
  });
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`${drawn}`,
    html`${shown !== null && thresholdMark(limitWords(shown), at(shown.ms), top, bottom)}`,
    caption(`time since the first hook began, ${unit}`, (left + right) / 2, bottom),
  ]);
}
