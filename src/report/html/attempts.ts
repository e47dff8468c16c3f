import { duration } from '../../core/units.ts';
import { changeOf, intervalInWords, intervalOf, moved, signed } from '../estimate.ts';
import { estimateAlone } from '../facts.ts';
import { html, type Markup } from '../markup.ts';
import { otherMedians } from '../other-wall.ts';
import { doubted, pCell, pOf } from '../p-value.ts';
import { predicted } from '../proposal.ts';
import type { Story, StoryAttempt, StoryContract } from '../story/story.ts';
import {
  interval,
  outcomeWords,
  regression,
  runs,
  runsCell,
  shortCommit,
  watchdogMoved,
  watchdogWords,
} from '../words.ts';
import { badge, large, sideBySide, table, unbroken } from './elements.ts';
import { against, sampleFigures } from './figures.ts';

/** The table of all attempts, followed by an article for each attempt. */
export function attempts(story: Story): Markup {
  if (story.attempts.length === 0) return html`<section><h2>Attempts</h2><p>No change was tried.</p></section>`;
  return html`<section><h2>Attempts</h2>${against(story)}${overview(story)}${story.attempts.map((a) => article(a, story.contract))}</section>`;
}

function overview(story: Story): Markup {
  const rows = story.attempts.map((a) => [
    html`<a href="#attempt-${a.attempt}">${a.attempt}</a>`,
    html`<code>${a.hotspot}</code>`,
    badge(outcomeWords[a.verdict]),
    signed(a.primary, story.contract),
    intervalOf(a.primary, story.contract) ?? '–',
    pCell(a.primary),
    runsCell(a.primary),
    html`<code>${shortCommit(a.commit) ?? '–'}</code>`,
  ]);
  const p = `p ${doubted(story.contract)}`;
  const head = ['#', 'Hotspot', 'Verdict', 'Improvement (+ is better)', '95 % interval', p, 'Samples', 'Commit'];
  return table('All attempts', 'lllrrrrl', head, rows);
}

/** The article of an attempt: its verdict, samples, watchdogs and diff. */
function article(attempt: StoryAttempt, contract: StoryContract): Markup {
  const took = attempt.duration_s !== null && html`<span class="soft">${duration(attempt.duration_s)}</span>`;
  return html`<article class="attempt" id="attempt-${attempt.attempt}">
<header><h3>Attempt ${attempt.attempt}: <code>${attempt.hotspot}</code></h3>${badge(outcomeWords[attempt.verdict])}${took}</header>
${sideBySide(sampleFigures(attempt, contract), verdict(attempt, contract))}
${watchdogs(attempt, contract)}
${diff(attempt)}
</article>`;
}

function verdict(attempt: StoryAttempt, contract: StoryContract): Markup {
  return html`<div>${figures(attempt, contract)}
<ul>${attempt.reasons.map((r) => html`<li>${unbroken(r)}</li>\n`)}${attempt.caveats.map((t) => html`<li><strong>Look at this:</strong> ${unbroken(t)}</li>\n`)}${predicted(attempt).map((p) => html`<li>${unbroken(p)}</li>\n`)}${attempt.notes.map((n) => html`<li class="soft">${unbroken(n)}</li>\n`)}</ul>
${kept(attempt)}</div>`;
}

function figures(attempt: StoryAttempt, contract: StoryContract): Markup {
  const effect = attempt.primary;
  const changed = effect && changeOf(effect, contract);
  if (!effect || !changed) return html`<p class="result soft">not measured</p>`;
  const ci = intervalInWords(effect, contract);
  const raw = otherMedians(attempt.confirmation ?? attempt.screen, contract.primary.unit);
  const facts = [ci && `95 % interval ${ci}`, pOf(effect, contract), runs(effect), raw, estimateAlone(contract)];
  const arrow = moved(effect, contract);
  return html`<p class="result">${large(changed)}</p>
<p><code>${contract.primary.name}</code>${arrow && ` ${unbroken(arrow)}`}<span class="soft">${facts.filter((f) => f).map((f) => html`<br>${unbroken(f!)}`)}</span></p>`;
}

function kept({ attempt, commit, verdict }: StoryAttempt): Markup | null {
  if (commit)
    return html`<p class="soft">Kept as commit <code>${shortCommit(commit)}</code>; <code>perf-gate undo ${attempt}</code> reverts it.</p>`;
  if (verdict === 'accepted') return null;
  return html`<p class="soft">Not kept; <code>perf-gate attempts show ${attempt}</code> shows it.</p>`;
}

function watchdogs(attempt: StoryAttempt, contract: StoryContract): Markup {
  if (attempt.watchdogs.length === 0) return html``;
  const rows = attempt.watchdogs.map((w) => [
    html`<code>${w.name}</code>`,
    badge(watchdogWords[w.verdict]),
    watchdogMoved(w, contract) ?? '–',
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

const longestDiff = 300;

/** The attempt's diff, collapsed and cut after 300 lines. If lines are left out, the command that shows them follows. */
function diff(attempt: StoryAttempt): Markup {
  const stat = attempt.diffstat.trim().split('\n').at(-1)?.trim();
  if (!stat && attempt.patch.trim() === '') return html``;
  const lines = attempt.patch.trimEnd().split('\n');
  const rest = lines.length - longestDiff;
  return html`<details><summary>The change${stat && `: ${stat}`}</summary>
<pre>${attempt.diffstat.trimEnd()}</pre>
<pre class="diff">${lines.slice(0, longestDiff).map(diffLine)}</pre>
${rest > 0 && html`<p class="soft">${rest} more lines: <code>perf-gate attempts show ${attempt.attempt}</code></p>`}</details>`;
}

function diffLine(text: string): Markup {
  if (/^\+(?!\+\+ )/.test(text)) return html`<b>${text}</b>\n`;
  if (/^-(?!-- )/.test(text)) return html`<s>${text}</s>\n`;
  return html`${text}\n`;
}
