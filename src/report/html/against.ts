import { meaning } from '../facts.ts';
import { html, type Markup } from '../markup.ts';
import type { Story } from '../story.ts';
import { forest } from '../svg/forest.ts';
import { brief, outcomeWords } from '../words.ts';
import { captioned } from './captioned.ts';

/** Every attempt against the threshold, with what the figures mean beside it. */
export function against(story: Story): Markup {
  const rows = story.attempts.flatMap(({ attempt, hotspot, verdict, primary }) =>
    primary?.improvement_pct == null
      ? []
      : [
          {
            label: `${outcomeWords[verdict].mark} ${attempt} ${brief(hotspot)}`,
            kind: verdict,
            estimate: primary.improvement_pct,
            interval: primary.ci95_pct,
          },
        ],
  );
  const said = rows
    .map((r) => `${r.label}: ${r.estimate} %${r.interval ? `, ${r.interval.join(' to ')}` : ''}`)
    .join('; ');
  const plot = forest(rows, story.contract.threshold_pct, {
    id: 'attempts-figure',
    title: 'Improvement of each attempt',
    description: said,
  });
  const reading = 'Estimate and 95 % interval; ✓ kept, ✗ rejected, ? undecided.';
  return html`<div class="pair">${plot && captioned('Every attempt against the threshold', reading, plot)}
<div class="aside"><h3>What the figures mean</h3>${meaning(story).map((m) => html`<p>${m}</p>\n`)}</div></div>`;
}
