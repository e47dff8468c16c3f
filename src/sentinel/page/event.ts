import { oneLine } from '../../core/text.ts';
import { captioned, sideBySide, table } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { Audit, AuditedEvent, AuditedHook } from '../audit/audit.ts';
import { concernsOf, minutesWords, notMeasuredWords, setsWords, timeOf } from '../audit/words.ts';
import type { Together } from '../dry-run/together.ts';
import { bytes, milliseconds, nameUnderEvent } from '../words.ts';
import { budgetOf, howToRead } from './budget.ts';
import { gantt } from './gantt.ts';
import { breakable, commandBeside, twoLines } from './names.ts';
import { spreadPlot } from './spread.ts';
import { withCode } from './with-code.ts';

/**
 * The section of one event. It has a drawing of the hooks in parallel (bars in time), a drawing of each hook alone (dots), and a table.
 * `number` makes the section's element ids unique in the page.
 */
export function eventSection(event: string, audit: Audit, number: number): Markup {
  const hooks = audit.hooks
    .filter((hook) => hook.event === event)
    .sort((a, b) => (b.wall_ms ?? -1) - (a.wall_ms ?? -1));
  const sets = audit.events.filter((set) => set.event === event);
  const missing = audit.not_measured.filter((set) => set.event === event);
  const said = [...setsWords(sets), ...missing.map(notMeasuredWords)].join('; ');
  return html`<section><h2>${oneLine(event) || '?'}</h2>
${said !== '' && html`<p>${oneLine(said)}.</p>`}
${inPairs([...sets.flatMap((set, i) => atOnce(set, audit.hooks, `${number}-${i}`) ?? []), ...alone(event, hooks, number)])}
${hooksTable(event, hooks, audit.days_of_use > 0)}</section>`;
}

function inPairs(figures: readonly Markup[]): Markup[] {
  return figures.flatMap((left, i) => (i % 2 === 0 ? [sideBySide(left, figures[i + 1] ?? null)] : []));
}

/** Draws the execution whose total time is nearest to the median. Null if the set has only one hook. */
function atOnce(set: AuditedEvent, hooks: readonly AuditedHook[], id: string): Markup | null {
  const run = middleOf(set);
  if (!run || set.hooks.length < 2) return null;
  const byId = new Map(hooks.map((hook) => [hook.id, hook] as const));
  const bars = run.parts
    .map(({ id: of, start_ms, wall_ms }) => ({
      label: twoLines({ id: of, event: set.event, command: byId.get(of)?.command ?? '' }),
      start: start_ms,
      end: start_ms + wall_ms,
      waited: !byId.get(of)?.async,
    }))
    .sort((a, b) => b.end - a.end);
  const when = set.matched === null ? set.event : `${set.event}, ${set.matched}`;
  const plot = gantt(bars, budgetOf(set.event), {
    id: `together-${id}`,
    title: `${when}: when each hook began and ended`,
    description: bars
      .map((b) => `${b.label.of} ${b.label.name}: ${milliseconds(b.start)} to ${milliseconds(b.end)}`)
      .join('; '),
  });
  const beside = bars.some(({ waited }) => !waited) ? ' Claude Code does not wait for dashed hooks.' : '';
  const name = `At once${set.matched === null ? '' : ` (${oneLine(set.matched)})`}: ${milliseconds(run.makespan_ms)} until all have ended`;
  return plot && captioned(name, `${nearest(set.runs.length)}${beside}`, plot);
}

const nearest = (runs: number) =>
  runs === 1 ? 'One execution.' : `The drawing shows one of ${runs} executions, the one nearest to the median.`;

const middleOf = ({ runs, makespan_ms }: AuditedEvent): Together | undefined => {
  const distance = (run: Together) => Math.abs(run.makespan_ms - makespan_ms);
  return runs.toSorted((a, b) => distance(a) - distance(b))[0];
};

function alone(event: string, hooks: readonly AuditedHook[], number: number): Markup[] {
  const run = hooks.filter(({ runs_ms }) => runs_ms.length > 0);
  const rows = run.map((hook) => ({ label: twoLines(hook), values: hook.runs_ms }));
  const budget = budgetOf(event);
  const plot = spreadPlot(rows, budget, {
    id: `alone-${number}`,
    title: `${event}: each execution of each hook alone`,
    description: run.map((hook) => `${nameUnderEvent(hook)}: median ${timeOf(hook)}`).join('; '),
  });
  const most = Math.max(0, ...rows.flatMap(({ values }) => values));
  return plot ? [captioned('Each alone', `Dots: executions; line: median${howToRead(budget, most)}.`, plot)] : [];
}

function named(hook: AuditedHook): Markup {
  const command = commandBeside(hook);
  return html`${breakable(nameUnderEvent(hook))}${command !== '' && html`<br><code class="soft">${command}</code>`}`;
}

function hooksTable(event: string, hooks: Audit['hooks'], isUsed: boolean): Markup {
  const rows = hooks.map((hook) => [
    named(hook),
    html`<code>${oneLine(hook.matcher ?? '') || '*'}</code>`,
    timeOf(hook),
    ...(isUsed ? [minutesWords(hook) ?? '–'] : []),
    hook.cpu_ms === null ? '–' : milliseconds(hook.cpu_ms),
    hook.execs === null ? '–' : String(hook.execs),
    hook.stdout_bytes === null ? '–' : bytes(hook.stdout_bytes),
    withCode(oneLine(concernsOf(hook))),
  ]);
  const head = [
    'Hook',
    'Matcher',
    'Alone',
    ...(isUsed ? ['Waited for'] : []),
    'CPU time',
    'Programs',
    'Prints',
    'Findings',
  ];
  return table(`Hooks of ${oneLine(event)}`, isUsed ? 'llrrrrrl' : 'llrrrrl', head, rows);
}
