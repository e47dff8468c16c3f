import { html, type Markup } from '../markup.ts';
import type { StoryAttempt } from '../story.ts';

const longest = 300;

/** The change of an attempt, folded; cut after 300 lines, with the command that shows the rest. */
export function diff(attempt: StoryAttempt): Markup {
  const stat = attempt.diffstat.trim().split('\n').at(-1)?.trim();
  if (!stat && attempt.patch.trim() === '') return html``;
  const lines = attempt.patch.trimEnd().split('\n');
  const rest = lines.length - longest;
  return html`<details><summary>The change${stat && `: ${stat}`}</summary>
<pre>${attempt.diffstat.trimEnd()}</pre>
<pre class="diff">${lines.slice(0, longest).map(line)}</pre>
${rest > 0 && html`<p class="soft">${rest} more lines: <code>perf-gate attempts show ${attempt.attempt}</code></p>`}</details>`;
}

function line(text: string): Markup {
  if (/^\+(?!\+\+ )/.test(text)) return html`<b>${text}</b>\n`;
  if (/^-(?!-- )/.test(text)) return html`<s>${text}</s>\n`;
  return html`${text}\n`;
}
