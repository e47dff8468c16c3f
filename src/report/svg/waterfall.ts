import { quantity, scaleFor } from '../../core/units.ts';
import { signed } from '../estimate.ts';
import { html, type Markup } from '../markup.ts';
import type { Story } from '../story/story.ts';
import { brief } from '../words.ts';
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
} from './figure.ts';
import { linearScale, pixel } from './scale.ts';

/** A bar from 0 to a level, or a step from one level to the next. The bar's values are in the metric's unit. */
export type WaterfallBar =
  | { kind: 'level'; label: string; value: number }
  | { kind: 'step'; label: string; from: number; to: number; change: string };

/**
 * The bars of a waterfall chart: the base, one step for each accepted change, and the measured final head. Each step applies the gain of
 * one attempt to the end of the step before, so the last step can end at another value than the measured head. In the chart, the two values
 * are next to each other. Empty if no change was accepted.
 */
export function gainBars(story: Story): WaterfallBar[] {
  const accepted = story.attempts.filter((a) => a.verdict === 'accepted' && a.primary);
  const base = story.total?.baseline ?? accepted[0]?.primary?.baseline ?? null;
  if (base === null || accepted.length === 0) return [];
  const bars: WaterfallBar[] = [{ kind: 'level', label: 'base', value: base }];
  let level = base;
  for (const { attempt, hotspot, primary } of accepted) {
    const next = stepTo(level, primary!, story.contract.primary.lower_is_better);
    const change = signed(primary, story.contract);
    bars.push({ kind: 'step', label: `${attempt} ${brief(hotspot)}`, from: level, to: next, change });
    level = next;
  }
  const measured = story.total?.candidate ?? null;
  if (measured !== null) bars.push({ kind: 'level', label: 'final, measured', value: measured });
  return bars;
}

type Gain = { improvement_pct: number | null; improvement: number | null };

function stepTo(level: number, gain: Gain, lowerIsBetter: boolean): number {
  const sign = lowerIsBetter ? -1 : 1;
  if (gain.improvement_pct !== null) return level * (1 + (sign * gain.improvement_pct) / 100);
  return level + sign * (gain.improvement ?? 0);
}

const top = 6;
const rowHeight = 30;
const mostLabel = 110;

/** Draws a waterfall chart from the base, step by step, to the end of the run. All bars share one axis, which includes 0. */
export function waterfall(bars: WaterfallBar[], unit: string, about: Described): Markup {
  const labels = bars.map((b) => {
    const label = b.kind === 'level' ? quantity(b.value, unit) : b.change;
    return fitted(label, mostLabel, letters.name, true);
  });
  const { names, left } = nameColumn(bars.map((b) => b.label));
  // The right edge leaves room for the label of the longest bar.
  const right = figureWidth - gap - Math.ceil(Math.max(...labels.map((l) => textWidth(l, letters.name, true))));
  const ends = bars.flatMap((b) => (b.kind === 'level' ? [b.value] : [b.from, b.to]));
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const shown = scaleFor(Math.max(-least, most), unit);
  const scale = linearScale([least / shown.per, most / shown.per], [left, right]);
  const at = (value: number) => scale.at(value / shown.per);
  const bottom = top + bars.length * rowHeight;
  const rows = bars.map((bar, i) => {
    const y = top + i * rowHeight;
    const name = html`<text class="name" x="0" y="${y + 20}">${names[i]}</text>`;
    if (bar.kind === 'level') {
      const kind = i === 0 ? 'level' : 'level measured';
      return html`<g class="${kind}">${name}${block(at(0), at(bar.value), y, labels[i]!)}</g>`;
    }
    const next = html`<line class="join" x1="${at(bar.to)}" x2="${at(bar.to)}" y1="${y + 24}" y2="${y + 36}"/>`;
    return html`<g class="step">${name}${block(at(bar.from), at(bar.to), y, labels[i]!)}${i + 1 < bars.length && next}</g>`;
  });
  return figure(about, bottom + 40, [
    axis(scale, top, bottom),
    html`${rows}`,
    caption(shown.unit, (left + right) / 2, bottom),
  ]);
}

const gap = 6;

function block(from: number, to: number, y: number, label: string): Markup {
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  return html`<rect x="${start}" y="${y + 6}" width="${pixel(Math.max(1, end - start))}" height="18" rx="2"/>
<text class="value" x="${pixel(end + gap)}" y="${y + 20}">${label}</text>`;
}
