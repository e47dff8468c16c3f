import { html, type Markup } from '../markup.ts';
import type { StoryAttempt, StoryContract } from '../story.ts';
import { interval, medians, regression, watchdogWords } from '../words.ts';
import { badge, table } from './elements.ts';

/** The metrics that must not get worse, with what they did. Empty for an attempt without any. */
export function watchdogs(attempt: StoryAttempt, contract: StoryContract): Markup {
  if (attempt.watchdogs.length === 0) return html``;
  const rows = attempt.watchdogs.map((w) => [
    html`<code>${w.name}</code>`,
    badge(watchdogWords[w.verdict]),
    medians(w, contract.watchdogs.find((c) => c.name === w.name)?.unit ?? '') ?? '–',
    regression(w, contract),
    interval(w.ci95_pct) ?? '–',
    `${w.margin_pct} %`,
  ]);
  const head = [
    'Watchdog',
    'Verdict',
    'Base → candidate',
    'Change',
    'Regression, 95 % interval (+ is worse)',
    'Margin',
  ];
  return table(`Watchdogs of attempt ${attempt.attempt}`, 'lllrrr', head, rows);
}
