import { html, type Markup } from '../markup.ts';
import { armRows } from '../sample-rows.ts';
import type { Story } from '../story.ts';
import { stripPlot } from '../svg/strip.ts';
import { waterfall } from '../svg/waterfall.ts';
import { thresholdOf } from '../threshold.ts';
import { gainBars } from '../waterfall.ts';
import { changeOf } from '../words.ts';
import { captioned } from './captioned.ts';

/** The whole run in figures: where the gain comes from, and the total's samples. */
export function gain(story: Story): Markup {
  const figures = [gainFigure(story), totalFigure(story)].filter((f) => f !== null);
  if (figures.length === 0) return html``;
  return html`<section><h2>The gain</h2><div class="pair">${figures}</div></section>`;
}

function gainFigure(story: Story): Markup | null {
  const bars = gainBars(story);
  if (bars.length === 0) return null;
  const { name, unit } = story.contract.primary;
  const said = bars
    .map((b) => (b.kind === 'level' ? `${b.label}: ${b.value} ${unit}` : `${b.label}: ${b.change}`))
    .join('; ');
  const about = { id: 'gain', title: `Accepted gains of ${name}, step by step`, description: said };
  return captioned(
    'Accepted changes, step by step',
    'Steps multiply the single gains; the last bar is what was measured.',
    waterfall(bars, unit, about),
  );
}

function totalFigure(story: Story): Markup | null {
  const { total, contract } = story;
  if (!total) return null;
  const plot = stripPlot(
    { rows: armRows(total.samples), metric: contract.primary, threshold: thresholdOf(total.samples, contract) },
    {
      id: 'total',
      title: `Samples of base and final head`,
      description: `${contract.primary.name} is ${changeOf(total, contract) ?? 'not measured'}.`,
    },
  );
  return plot && captioned('Base against final head', 'Every run, measured afresh after the last change.', plot);
}
