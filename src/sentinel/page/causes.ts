import { oneLine } from '../../core/text.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Comparison } from '../compare/result.ts';
import { causeFacts } from '../compare/words.ts';
import { breakable } from './names.ts';
import { shortPath } from './places.ts';
import { withCode } from './with-code.ts';

type Cause = Comparison['causes'][number];

const marks = { new: '+', removed: '−', changed: '~' } as const;

/** Every hook that changed, with the differences of its files. The hook with the largest share in the change of an event comes first. */
export function causes({ causes: all }: Comparison, place: string): Markup {
  if (all.length === 0) return html``;
  return html`<section><h2>What changed</h2><ul class="todo">${all.map((cause) => item(cause, place))}</ul></section>`;
}

function item(cause: Cause, place: string): Markup {
  return html`<li>${marks[cause.kind]} <strong>${breakable(cause.id)}</strong>: ${withCode(causeFacts(cause).map(oneLine).join('; '))}.${cause.diffs.map((diff) => difference(diff, place))}</li>\n`;
}

function difference({ file, lines }: Cause['diffs'][number], place: string): Markup {
  if (!lines || lines.length === 0) return html``;
  return html`<details><summary><code>${shortPath(file, place)}</code></summary>
<pre class="diff">${lines.map(line)}</pre></details>`;
}

function line(text: string): Markup {
  if (text.startsWith('+')) return html`<b>${text}</b>\n`;
  return text.startsWith('-') ? html`<s>${text}</s>\n` : html`${text}\n`;
}
