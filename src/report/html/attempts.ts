import { html, type Markup } from '../markup.ts';
import type { Story } from '../story.ts';
import { interval, outcomeWords, pValue, runs, shortCommit, signed } from '../words.ts';
import { against } from './against.ts';
import { article } from './attempt.ts';
import { badge, table } from './elements.ts';

/** The table of all attempts, then an article for each. */
export function attempts(story: Story): Markup {
  if (story.attempts.length === 0) return html`<section><h2>Attempts</h2><p>No change was tried.</p></section>`;
  return html`<section><h2>Attempts</h2>${against(story)}${overview(story)}${story.attempts.map((a) => article(a, story.contract))}</section>`;
}

function overview(story: Story): Markup {
  const rows = story.attempts.map((a) => [
    html`<a href="#attempt-${a.attempt}">${a.attempt}</a>`,
    html`<code>${a.hotspot}</code>`,
    badge(outcomeWords[a.verdict]),
    signed(a.primary, story.contract.primary.unit),
    interval(a.primary?.ci95_pct ?? null) ?? '–',
    a.primary ? pValue(a.primary).replace(/^p (= )?/, '') : '–',
    a.primary ? runs(a.primary).replace(' runs', '') : '–',
    html`<code>${shortCommit(a.commit) ?? '–'}</code>`,
  ]);
  const head = ['#', 'Hotspot', 'Verdict', 'Improvement (+ is better)', '95 % interval', 'p', 'Runs', 'Commit'];
  return table('All attempts', 'lllrrrrl', head, rows);
}
