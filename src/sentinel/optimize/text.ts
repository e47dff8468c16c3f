import { isAbsolute, relative } from 'node:path';
import { count } from '../../core/text.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { superlinearInPayload } from '../rules/superlinear-in-payload.ts';
import { cageWords, milliseconds, noHooks } from '../words.ts';
import { type EventCounts, type Frequencies, usualDay } from './frequencies.ts';
import type { EventImpact } from './impact.ts';
import type { Estimate } from './interval.ts';
import type { Optimization } from './optimize.ts';
import type { Item } from './plan.ts';
import type { Wait } from './waits.ts';

/** The titles of the priorities, in the order of the text. */
const priorities: readonly (readonly [Item['priority'], string])[] = [
  [1, 'PRIORITY 1: high impact, low effort'],
  [2, 'PRIORITY 2: high impact, medium effort'],
  [3, 'PRIORITY 3: high impact, high effort'],
  [4, 'OTHERS: low impact, or impact that was not measured'],
];

/** A plan as text: the items by priority, the total saving, and the order. */
export function planText(plan: Optimization, look: Look): string {
  const { items, order, total } = plan;
  if (items.length === 0) return wrap(nothingWords(plan), look.width).join('\n');
  const parts = [
    basisLines(plan, look),
    ...priorities.map(([priority, title]) =>
      section(
        title,
        items.filter((item) => item.priority === priority).map((item) => itemLines(item, plan, look)),
        look,
      ),
    ),
    total.waits.length === 0
      ? []
      : section(
          'ESTIMATED TOTAL IMPACT OF ALL ITEMS (upper limit)',
          [totalLines(plan, look), [minutesLine(total.minutes_a_day)]],
          look,
        ),
    section('ORDER', [orderLines(order)], look),
    wrap(startWords, look.width),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const nothingWords = ({ audited }: Optimization) =>
  audited.runs === 0 ? noHooks : 'Nothing to do: no rule found anything, and no hook delays a session.';

const startWords =
  '`perf-gate start --from-plan ITEM` begins a run for an item. The run profiles the hook, tries a change, and keeps the change only if the hook is proven faster and its output is unchanged.';

function basisLines({ audited, cage, frequencies }: Optimization, look: Look): string[] {
  const when = audited.at.slice(0, 16).replace('T', ' ');
  const often = cage.level === 'none' ? '' : `, ${count(audited.runs, 'execution')} of each hook`;
  const day = dayFrom[frequencies.from](count(frequencies.days ?? 0, 'day'));
  const based = `Based on an audit of ${when}${often}. ${cageWords(cage)} ${day}`;
  return [paint([toned('Optimization plan', 'strong')], look), ...wrap(shown(based, look), look.width)];
}

const dayFrom: Record<Frequencies['from'], (days: string) => string> = {
  transcripts: (days) => `Events per day were counted in your own transcripts of ${days}.`,
  monitor: (days) => `Events per day were counted by the monitor on ${days} with sessions.`,
  usual_day: () =>
    `No transcripts were found, so the number of events per day is an assumption: a day with ${dayWords(usualDay)}.`,
};

function dayWords(counts: EventCounts): string {
  const of = (event: string) => counts.reduce((sum, one) => sum + (one.event === event ? one.per_day : 0), 0);
  return `${of('SessionStart')} sessions, ${of('UserPromptSubmit')} prompts and ${of('PreToolUse')} tool calls`;
}

function section(title: string, blocks: readonly (readonly string[])[], look: Look): string[] {
  if (blocks.length === 0) return [];
  return [paint([toned(title, 'strong')], look), ...blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]))];
}

function itemLines(item: Item, plan: Optimization, look: Look): string[] {
  const files = item.files.map((file) => shorter(file, plan));
  const rows: [string, string][] = [
    [files.length === 1 ? 'File' : 'Files', files.join(', ')],
    ['Action', item.action],
    ['Impact', impactWords(item)],
    ['Effort', `about ${count(item.effort, 'line')}`],
  ];
  return [
    paint([`${String(item.item).padStart(3)}. `, toned(shown(item.title, look), 'strong')], look),
    ...rows.flatMap(([label, words]) => row(label, words, look)),
  ];
}

/** The path of a file, relative to the folder of plugins or to the project. The path of a file outside of both is absolute. */
function shorter(file: string, { plugins, project }: Optimization): string {
  const path = relative(plugins ?? project, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

const row = (label: string, words: string, look: Look): string[] =>
  wrap(shown(words, look), look.width - 13).map((line, i) => `     ${(i === 0 ? label : '').padEnd(7)} ${line}`);

/** The largest number of events that the text shows for an item. The JSON contains all events. */
const SHOWN = 3;

function impactWords({ rule, impact, endless_ms }: Item): string {
  if (endless_ms !== null) return `the user waits at least ${milliseconds(endless_ms)} for the hook each time`;
  if (rule === superlinearInPayload.id) return 'saves little on a usual input, and minutes on a long one';
  if (impact === null) return 'not measured';
  const { events, minutes_a_day } = impact;
  if (events.length === 0) return 'not noticeable on the inputs that were tried';
  return `at most ${events.slice(0, SHOWN).map(eventWords).join('; ')}; ${minutesWords(minutes_a_day)}`;
}

const eventWords = ({ event, matched, saved_ms }: EventImpact) =>
  `−${milliseconds(saved_ms.value)}${between(saved_ms, milliseconds)} per ${event}${matched.length > 0 ? ` (${matched.join(', ')})` : ''}`;

/** ` [310 ms to 420 ms]`. The text names the confidence if it is not 95 %. */
function between({ low, high, confidence }: Estimate, unit: (value: number) => string): string {
  const sure = confidence === 0.95 ? '' : `, ${Math.round(100 * confidence)} % sure`;
  return confidence === 0 ? ' [one execution]' : ` [${unit(low)} to ${unit(high)}${sure}]`;
}

const duration = (minutes: number) =>
  minutes < 1 ? `${Math.round(60 * minutes)} s` : `${minutes < 10 ? minutes.toFixed(1) : Math.round(minutes)} min`;

const minutesWords = (estimate: Estimate) => `${duration(estimate.value)} a day`;

const minutesLine = (estimate: Estimate) => `  ${minutesWords(estimate)} less${between(estimate, duration)}`;

function totalLines({ total }: Optimization, look: Look): string[] {
  const shownWaits = total.waits.filter(({ now_ms }) => now_ms.value >= 1);
  const width = Math.max(0, ...shownWaits.map(({ name }) => name.length));
  return shownWaits.map((wait) => `  ${shown(`${wait.name}:`, look).padEnd(width + 1)} ${waitWords(wait)}`);
}

const waitWords = ({ now_ms, then_ms, saved_pct }: Wait) =>
  `${milliseconds(now_ms.value)} → ${milliseconds(then_ms.value)}${between(then_ms, milliseconds)}, ${Math.round(saved_pct)} % less`;

function orderLines({ first, next, last }: Optimization['order']): string[] {
  const rows: [string, readonly number[]][] = [
    ['First', first],
    ['Next', next],
    ['Last', last],
  ];
  return rows.flatMap(([label, items]) =>
    items.length === 0 ? [] : [`  ${label.padEnd(5)} ${items.length === 1 ? 'item' : 'items'} ${items.join(', ')}`],
  );
}
