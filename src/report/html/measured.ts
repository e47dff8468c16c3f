import { percent } from '../../core/figures.ts';
import { scaleFor } from '../../core/units.ts';
import { baselineFacts, methodFacts, nextCommands, runFacts } from '../facts.ts';
import { place } from '../markdown/hotspots.ts';
import { html, type Markup } from '../markup.ts';
import type { ProfileRow, Story } from '../story/story.ts';
import { histogram, sparkline } from '../svg/distribution.ts';
import { captioned, factList, sideBySide, table } from './elements.ts';

/** The hotspots of the latest profile. */
export function profile(story: Story): Markup {
  const latest = story.profile.at(-1);
  if (!latest) return html``;
  return html`<section><h2>Where the time goes</h2><p class="soft">${latest.state}${latest.note && `: ${latest.note}`}</p>${latest.table.length > 0 && hotspots(latest.table)}</section>`;
}

/** The section about the noise that the unchanged program shows. */
export function baseline(story: Story): Markup {
  const { baseline: measured, contract } = story;
  if (!measured) return html``;
  const { name, unit } = contract.primary;
  const scale = scaleFor(Math.max(0, ...measured.samples.map(Math.abs)), unit);
  const values = measured.samples.map((v) => v / scale.per);
  const bins = histogram(values, scale.unit, {
    id: 'baseline-histogram',
    title: `Distribution of ${name}`,
    description: `${values.length} samples of the unchanged program.`,
  });
  const order = sparkline(values, {
    id: 'baseline-order',
    title: `${name} in the order of the executions`,
    description: 'A slope or a jump here means that the machine drifted.',
  });
  const reading = 'A slope or a jump would mean that the machine drifted.';
  const facts = html`<div>${factList(baselineFacts(story))}${order && captioned('In order of measurement', reading, order)}</div>`;
  const distribution = bins && captioned('Distribution', 'Samples per bin.', bins);
  return html`<section><h2>Noise of the unchanged program</h2>${sideBySide(facts, distribution)}</section>`;
}

/** The sections about the contract, the environment, and the next commands. */
export function method(story: Story): Markup {
  return html`<section><h2>How it was measured</h2>${factList(methodFacts(story))}</section>
<section><h2>Run and environment</h2>${factList([...runFacts(story), ...story.environment])}</section>
<section><h2>Reverting a change</h2>${nextCommands.map((c) => html`<p><code>${c.command}</code> ${c.does}.</p>\n`)}</section>`;
}

function hotspots(rows: ProfileRow[]): Markup {
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  return table(
    'Hotspots by share of the profile',
    'lllrrr',
    ['#', 'Function', 'Where', 'Self', 'Total', 'Ceiling'],
    rows.map((r) => [
      String(r.rank),
      html`<code>${r.function}</code>`,
      html`<code>${place(r) || '–'}</code>`,
      html`${r.self_pct !== null && bar(r.self_pct)}<span>${share(r.self_pct)}</span>`,
      share(r.total_pct),
      share(r.ceiling_pct),
    ]),
  );
}

function bar(pct: number): Markup {
  return html`<span class="share" aria-hidden="true"><i style="width:${Math.min(100, Math.max(0, pct)).toFixed(1)}%"></i></span>`;
}
