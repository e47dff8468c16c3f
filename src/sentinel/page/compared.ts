import { percentInterval, pValue } from '../../core/figures.ts';
import { count, oneLine } from '../../core/text.ts';
import { captioned, factList, sideBySide, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import { sparkline } from '../../report/svg/distribution.ts';
import { stripPlot } from '../../report/svg/strip.ts';
import { waitWords } from '../baseline/text.ts';
import type { Change } from '../compare/judge.ts';
import type { ComparedEvent, ComparedHook, Comparison, Outcome } from '../compare/result.ts';
import { signed } from '../compare/words.ts';
import { milliseconds as ms, nameUnderEvent } from '../words.ts';
import { type TwoLines, twoLines } from './names.ts';

/** A hook or an event that was compared. `told`: facts that are shown next to the times. */
export type Subject = {
  kind: 'event' | 'hook';
  name: string;
  label: TwoLines;
  outcome: Outcome;
  in_turn: boolean;
  changes: readonly Change[];
  told: readonly { label: string; value: string }[];
};

/** The hooks and events of a comparison, events first. Hooks that did not change, and hooks that only one arm has, are left out. */
export function subjectsOf({ events, hooks }: Comparison): Subject[] {
  const compared = hooks.filter(({ changes, unlike }) => changes.length > 0 || unlike !== null);
  return [...events.filter(({ changes }) => changes.length > 0).map(ofEvent), ...compared.map(ofHook)];
}

function ofEvent({ event, matched, wait, outcome, in_turn, changes }: ComparedEvent): Subject {
  const name = oneLine(wait === null ? (matched === null ? event : `${event} ${matched}`) : waitWords[wait]);
  return { kind: 'event', name, label: { name, of: 'all hooks at once' }, outcome, in_turn, changes, told: [] };
}

function ofHook(hook: ComparedHook): Subject {
  const { id, event, outcome, in_turn, changes, unlike, execs } = hook;
  const counted = execs.baseline !== null && execs.current !== null;
  return {
    kind: 'hook',
    name: oneLine(`${event}: ${nameUnderEvent({ id, event })}`),
    label: twoLines({ id, event, command: '' }),
    outcome,
    in_turn,
    changes,
    told: [
      ...(counted ? [{ label: 'Programs', value: `${execs.baseline} → ${execs.current}` }] : []),
      ...(unlike ? [{ label: 'Ended', value: `${unlike.baseline} before, ${unlike.current} now` }] : []),
    ],
  };
}

type Frame = { badge: Markup; threshold_pct: number; id: string };

/** A hook or event, with its executions before and after the change. */
export function subjectArticle(subject: Subject, { badge, threshold_pct, id }: Frame): Markup {
  const { name, changes, told, in_turn } = subject;
  const figures = changes.map((change, i) => pictured(subject, change, { threshold_pct, id: `${id}-${i}` }));
  const facts = factList(
    [...changes.flatMap((change) => factsOf(change, in_turn)), ...told].map(({ label, value }) => ({
      label,
      value: unbroken(value),
    })),
  );
  return html`<article class="attempt" id="${id}">
<header><h3>${name}</h3>${badge}</header>
${sideBySide(figures.length > 0 ? html`<div>${figures}</div>` : null, facts)}
</article>`;
}

const metricWords = { wall: 'Wall time', cpu: 'CPU time' } as const;

function pictured(
  { name, in_turn }: Subject,
  { metric, baseline, samples }: Change,
  { threshold_pct, id }: { threshold_pct: number; id: string },
): Markup {
  const rows = [
    { label: 'baseline', values: samples.baseline },
    { label: 'current', values: samples.current },
  ].filter(({ values }) => values.length > 0);
  const value = baseline * (1 + threshold_pct / 100);
  const strip = stripPlot(
    {
      rows,
      metric: { name: metricWords[metric].toLowerCase(), unit: 'ms', lower_is_better: true },
      threshold: baseline === 0 ? null : { value, text: `+${threshold_pct} %` },
    },
    {
      id: `${id}-strip`,
      title: `${metricWords[metric]} of ${name}, before and after`,
      description: rows.map(({ label, values }) => `${label}: ${count(values.length, 'execution')}`).join('; '),
    },
  );
  const ratios = in_turn ? ratiosOf(samples) : [];
  const order = sparkline(ratios, {
    id: `${id}-order`,
    title: `${name}: current ÷ baseline, for each pair`,
    description: count(ratios.length, 'pair'),
  });
  return html`${strip && captioned(metricWords[metric], 'Dots: executions; box: quartiles; whiskers: extremes.', strip)}
${order && captioned('Pair by pair', 'Current ÷ baseline, in the order of the pairs; line: median.', order)}`;
}

function ratiosOf({ baseline, current }: Change['samples']): number[] {
  const pairs = Math.min(baseline.length, current.length);
  return Array.from({ length: pairs }, (_, i) => current[i]! / baseline[i]!).filter(Number.isFinite);
}

function factsOf({ metric, baseline, current, change_pct, ci95_pct, p, runs }: Change, inTurn: boolean) {
  return [
    { label: metricWords[metric], value: `${ms(baseline)} → ${ms(current)}` },
    { label: 'Change', value: change_pct === null ? 'unknown' : `${signed(change_pct)} %` },
    { label: '95 % interval', value: percentInterval(ci95_pct) },
    { label: 'Against “not slower”', value: pValue(p) },
    {
      label: 'Executions',
      value: inTurn ? `${count(runs, 'pair')} in turn` : `${runs} of each version, at different times`,
    },
  ];
}
