import { count } from '../../core/text.ts';
import { changeOf, intervalInWords, lowerBound, moved } from '../estimate.ts';
import { headline, keptCount } from '../headline.ts';
import { html, type Markup } from '../markup.ts';
import type { Story } from '../story/story.ts';
import { change, medians, outcomeWords } from '../words.ts';
import { badge, type Tile, tileList, unbroken } from './elements.ts';

/** The top of the report: the verdict, the headline and the most important numbers. */
export function summary(story: Story): Markup {
  return html`<header>
<p class="over">${['perf-gate', story.run, story.repository.project].filter((part) => part !== '.').join(' · ')}</p>
<h1>${story.task}</h1>
${badge(outcomeWords[story.outcome])}
<p class="lead">${unbroken(headline(story))}</p>
</header>
${tileList(tiles(story))}
${warnings(story)}`;
}

function tiles(story: Story): Tile[] {
  const { total, contract, attempts } = story;
  const { name, unit, lower_is_better } = contract.primary;
  const ci = total && intervalInWords(total, contract);
  const bound = total && lowerBound(total, contract);
  const both = total && medians(total, unit);
  const list: (Tile | null)[] = [
    total && {
      label: 'Total, measured afresh',
      value: changeOf(total, contract) ?? '–',
      under: [...(ci ? [`95 % interval ${ci}`] : []), ...(bound ? [bound] : [])],
    },
    total && {
      label: name,
      value: moved(total, contract) ?? '–',
      under: [...(both ? [`medians ${both}`] : []), `${total.n_base} + ${total.n_candidate} samples`],
    },
    total && total.product_of_gains_pct !== null
      ? {
          label: 'Product of the single gains',
          value: change(total.product_of_gains_pct, lower_is_better),
          under: ['for comparison; quote the total'],
        }
      : null,
    {
      label: 'Attempts',
      value: attempts.length === 0 ? 'none' : keptCount(story).replace(/ attempts? kept/, ' kept'),
      under: verdictCounts(attempts),
    },
  ];
  return list.filter((t) => t !== null);
}

function verdictCounts(attempts: Story['attempts']): string[] {
  const parts = (['rejected', 'inconclusive'] as const).map((verdict) => {
    const n = attempts.filter((a) => a.verdict === verdict).length;
    return n > 0 ? `${n} ${verdict}` : null;
  });
  const said = parts.filter((p) => p !== null);
  return said.length > 0 ? [said.join(', ')] : [];
}

function warnings(story: Story): Markup {
  if (story.warnings.length === 0) return html``;
  return html`<aside class="notice"><p><strong>${count(story.warnings.length, 'warning')} about the measurement</strong></p><ul>${story.warnings.map((w) => html`<li>${w}</li>\n`)}</ul></aside>`;
}
