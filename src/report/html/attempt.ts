import { duration } from '../../core/units.ts';
import { estimateAlone } from '../facts.ts';
import { html, type Markup } from '../markup.ts';
import { predicted } from '../predictions.ts';
import type { StoryAttempt, StoryContract } from '../story.ts';
import { atLeast, changeOf, interval, medians, outcomeWords, pValue, runs, shortCommit } from '../words.ts';
import { diff } from './diff.ts';
import { badge, large } from './elements.ts';
import { sampleFigures } from './samples.ts';
import { watchdogs } from './watchdogs.ts';

/** One attempt: its samples beside its verdict, then watchdogs and the change. */
export function article(attempt: StoryAttempt, contract: StoryContract): Markup {
  const took = attempt.duration_s !== null && html`<span class="soft">${duration(attempt.duration_s)}</span>`;
  return html`<article class="attempt" id="attempt-${attempt.attempt}">
<header><h3>Attempt ${attempt.attempt}: <code>${attempt.hotspot}</code></h3>${badge(outcomeWords[attempt.verdict])}${took}</header>
<div class="pair">${sampleFigures(attempt, contract)}<div>${figures(attempt, contract)}
<ul>${[...attempt.reasons, ...predicted(attempt)].map((r) => html`<li>${r}</li>\n`)}${attempt.notes.map((n) => html`<li class="soft">${n}</li>\n`)}</ul>
${kept(attempt)}</div></div>
${watchdogs(attempt, contract)}
${diff(attempt)}
</article>`;
}

function figures(attempt: StoryAttempt, contract: StoryContract): Markup {
  const effect = attempt.primary;
  const changed = effect && changeOf(effect, contract);
  if (!effect || !changed) return html`<p class="result soft">not measured</p>`;
  const facts = [
    interval(effect.ci95_pct) && `95 % interval ${interval(effect.ci95_pct)}`,
    effect.lower_bound_pct !== null && atLeast(effect.lower_bound_pct),
    pValue(effect),
    runs(effect),
    estimateAlone(contract),
  ];
  const moved = medians(effect, contract.primary.unit);
  return html`<p class="result">${large(changed)}</p>
<p><code>${contract.primary.name}</code>${moved && ` ${moved}`}<br><span class="soft">${facts.filter((f) => f).map((f, i) => html`${i > 0 && ' · '}<span class="unbroken">${f}</span>`)}</span></p>`;
}

function kept({ attempt, commit, verdict }: StoryAttempt): Markup | null {
  if (commit)
    return html`<p class="soft">Kept as commit <code>${shortCommit(commit)}</code>; <code>perf-gate undo ${attempt}</code> takes it back.</p>`;
  if (verdict === 'accepted') return null;
  return html`<p class="soft">Not kept; <code>perf-gate attempts show ${attempt}</code> shows it.</p>`;
}
