import { count, listed, oneLine } from '../../core/text.ts';
import { factList, type Tile, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Audit } from '../audit/audit.ts';
import { budgets, waitsOf } from '../audit/score.ts';
import { coverageWords, hooksWords, namedWaits, useWords } from '../audit/words.ts';
import { placeOf } from '../discover/events.ts';
import { cageWords, deadWords, milliseconds, noHooks, problemWords } from '../words.ts';
import { eventSection } from './event.ts';
import { findings, recommendations, repeated } from './findings.ts';
import { type About, framed, notice } from './frame.ts';
import { verdictOf } from './verdict.ts';

/** An audit as one self-contained HTML page with drawings. */
export function auditPage(audit: Audit, about: About): string {
  const events = [...new Set(audit.hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  return framed(
    {
      command: 'sentinel audit',
      title: 'The cost of Claude Code’s hooks',
      verdict: audit.hooks.length === 0 ? null : verdictOf(audit.score),
      lead: leadOf(audit),
      tiles: tilesOf(audit),
    },
    about,
    [
      notice(warningsOf(audit)),
      recommendations(audit, about.place),
      html`${events.map((event, i) => eventSection(event, audit, i))}`,
      findings(audit, about.place),
      repeated(audit, about.place),
      method(audit),
    ],
  );
}

/** `2 hooks in 1 plugin. Waits for hooks: the start of a session 132 ms, an edit 101 ms.` */
function leadOf({ hooks, events, cage }: Audit): string {
  if (hooks.length === 0) return noHooks;
  const waits = namedWaits(waitsOf(events)).map(({ name, ms }) => `${name} ${milliseconds(ms)}`);
  const dead = hooks.filter((hook) => hook.dead !== null).length;
  return [
    `${hooksWords(hooks)}${dead > 0 ? `, of which ${dead} never ${dead === 1 ? 'runs' : 'run'}` : ''}.`,
    waits.length > 0 ? `Waits for hooks: ${waits.join(', ')}.` : '',
    cage.level === 'none' ? cageWords(cage) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function tilesOf(audit: Audit): Tile[] {
  if (audit.hooks.length === 0) return [];
  const coverage = coverageWords(audit);
  return [
    { label: 'Score', value: `${audit.score}/100`, under: coverage === null ? [] : [coverage] },
    ...namedWaits(waitsOf(audit.events)).map(({ of, name, ms }) => ({
      label: `Wait at ${name}`,
      value: milliseconds(ms),
      under: [`${ms > budgets[of].ms ? 'over' : 'within'} the budget of ${milliseconds(budgets[of].ms)}`],
    })),
  ];
}

function warningsOf({ hooks, problems }: Audit): string[] {
  const dead = hooks.flatMap(({ id, dead }) => (dead === null ? [] : [`${id} never runs: ${deadWords(dead)}.`]));
  return [...dead, ...problems.map(problemWords)].map(oneLine);
}

function method(audit: Audit): Markup {
  const { cage, hooks } = audit;
  const use = useWords(audit);
  if (hooks.length === 0) return html``;
  const runs = Math.max(0, ...hooks.map(({ runs_ms }) => runs_ms.length));
  const facts = [
    { label: 'Where', value: cageWords(cage) },
    ...(cage.level === 'none'
      ? []
      : [
          {
            label: 'How often',
            value: `${count(runs, 'execution')} of each hook alone, and of the hooks of each event in parallel`,
          },
          { label: 'Figures', value: 'Medians of wall time, on the inputs that come with perf-gate' },
          ...(use === null ? [] : [{ label: 'Use', value: use }]),
          {
            label: 'Hidden from hooks',
            value: cage.masked.length === 0 ? 'nothing, because no private files exist here' : listed(cage.masked),
          },
        ]),
  ];
  return html`<section><h2>How it was measured</h2>${factList(facts.map(({ label, value }) => ({ label, value: unbroken(value) })))}</section>`;
}
