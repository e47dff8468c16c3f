import { count, oneLine } from '../../core/text.ts';
import { badge, table, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Audit } from '../audit/audit.ts';
import type { Recommendation } from '../audit/recommend.ts';
import { byRule, type RuleFindings, savingWords } from '../audit/words.ts';
import type { Severity } from '../rules/rule.ts';
import { placesOf, shortPath } from './places.ts';
import { withCode } from './with-code.ts';

const severities: Readonly<Record<Severity, { mark: string; tone: string }>> = {
  high: { mark: '!', tone: 'bad' },
  medium: { mark: '•', tone: 'open' },
  low: { mark: '·', tone: 'soft' },
};

/** The number of recommendations that are shown without a click. */
const OPEN = 6;

/** The recommendations, the best first. */
export function recommendations({ recommendations: all }: Audit, place: string): Markup {
  if (all.length === 0) return html``;
  const items = (some: readonly Recommendation[]) => some.map((one) => item(one, place));
  const rest = all.slice(OPEN);
  return html`<section><h2>What to do</h2>
<p class="soft">“At most” is the time that a user would save if the named hooks took no time.</p>
<ol class="todo">${items(all.slice(0, OPEN))}</ol>
${rest.length > 0 && html`<details><summary>${rest.length} more</summary><ol class="todo" start="${OPEN + 1}">${items(rest)}</ol></details>`}</section>`;
}

function item(one: Recommendation, place: string): Markup {
  const [saving, effort] = [savingWords(one), `about ${count(one.effort, 'line')}`];
  return html`<li>${withCode(oneLine(one.title))}<br><span class="soft">${saving !== null && html`<strong>${unbroken(saving)}</strong>, `}${unbroken(effort)}: ${one.files.map((file, i) => html`${i > 0 && ', '}<code>${shortPath(file, place)}</code>`)} (<a href="#rule-${one.rule}">${one.rule}</a>)</span></li>\n`;
}

/** Every finding by rule, with its lines and its advice. */
export function findings({ findings: all }: Audit, place: string): Markup {
  if (all.length === 0) return html``;
  return html`<section><h2>Findings</h2>${byRule(all).map((one) => article(one, place))}</section>`;
}

function article({ rule, severity, title, found }: RuleFindings, place: string): Markup {
  return html`<article class="attempt" id="rule-${rule}">
<header><h3>${title}</h3>${badge({ word: severity, ...severities[severity] })}<code class="soft">${rule}</code></header>
<ul>${found.map(
    ({ hook, lines, advice }) =>
      html`<li><strong>${oneLine(hook)}</strong>: ${withCode(oneLine(advice))}${placesOf(lines, place).map((at) => html` <code class="soft">${at}</code>`)}</li>\n`,
  )}</ul></article>`;
}

/** Work that several hooks repeat. */
export function repeated({ redundancy }: Audit, place: string): Markup {
  if (redundancy.length === 0) return html``;
  const rows = redundancy.map(({ kind, what, hooks, lines }) => [
    kind === 'command' || kind === 'check' ? html`<code>${oneLine(what)}</code>` : oneLine(what),
    html`${hooks.map((hook) => html`${oneLine(hook)}<br>`)}`,
    html`${placesOf(lines, place).map((at) => html`<code>${at}</code><br>`)}`,
  ]);
  return html`<section><h2>Repeated work</h2>${table('Repeated work', 'lll', ['What', 'Hooks', 'Where'], rows)}</section>`;
}
