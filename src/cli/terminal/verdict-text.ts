import { armRows, thresholdLine } from '../../report/sample-rows.ts';
import type { StoryVerdict, Terms } from '../../report/story/story.ts';
import { textStrip } from '../../report/terminal/figures.ts';
import { verdictPanel } from '../../report/terminal/verdict-panel.ts';
import { lookOf, type Tools } from './tools.ts';

/** A verdict that belongs to no run. `terms`: the metric and the threshold of the judgement. `notes`: further warnings. */
export type Shown = { title: string; judged: StoryVerdict; terms: Terms; notes: string[] };

/** The verdict as text for a terminal: a panel, the samples of the deciding session, and the warnings. */
export function verdictText(shown: Shown, tools: Pick<Tools, 'width' | 'colour' | 'env'>): string {
  const { title, judged, terms } = shown;
  const look = lookOf(tools);
  const arms = judged.confirmation ?? judged.screen;
  const frame = arms && { unit: terms.primary.unit, threshold: thresholdLine(arms, terms), width: look.width };
  const strip = arms && frame && look.unicode ? textStrip(armRows(arms), frame) : '';
  const notes = shown.notes.map((n) => `! ${n}`).join('\n');
  return [verdictPanel(judged, { title }, terms, look), strip, notes].filter(Boolean).join('\n\n');
}
