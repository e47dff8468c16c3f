import { count, cut, oneLine } from '../../core/text.ts';
import { moment } from '../../core/units.ts';
import { bullets, code, paragraphs, table, text } from '../../report/markdown/syntax.ts';
import type { Audit } from '../audit/audit.ts';
import { gradeOf } from '../audit/score.ts';
import {
  byRule,
  concernsOf,
  coverageWords,
  hooksWords,
  minutesWords,
  notMeasuredWords,
  savingWords,
  setsWords,
  timeOf,
  useWords,
} from '../audit/words.ts';
import { placeOf } from '../discover/events.ts';
import { cageWords, milliseconds, nameUnderEvent, noHooks, problemWords } from '../words.ts';
import type { About } from './frame.ts';
import { placesOf } from './places.ts';

/** Limits that keep the summary short enough to read in a minute. The page and the JSON contain everything. */
const SHOWN = { recommendations: 8, places: 3 };

/** An audit in Markdown, for a pull request or an issue: a table for each event, the findings, and the recommendations. */
export function auditMarkdown(audit: Audit, { place, at }: About): string {
  const { hooks, score, grade, problems } = audit;
  if (hooks.length === 0)
    return `${paragraphs(['## Hooks of Claude Code', noHooks, bullets(problems.map(said), '')])}\n`;
  const events = [...new Set(hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  const sums = [hooksWords(hooks), coverageWords(audit), useWords(audit)].filter((words) => words !== null).join('; ');
  return `${paragraphs([
    `## Hooks of Claude Code: ${score}/100, ${grade} (${gradeOf(score).words})`,
    `${sums}.`,
    ...events.map((event) => eventPart(event, audit)),
    toDo(audit),
    findings(audit, place),
    repeated(audit),
    problems.length > 0 && bullets(problems.map(said), ''),
    `${text(cageWords(audit.cage))} Measured by perf-gate sentinel audit, ${moment(at)}.`,
  ])}\n`;
}

const said = (problem: Audit['problems'][number]) => text(problemWords(problem));

function eventPart(event: string, { hooks, events, not_measured, days_of_use }: Audit): string {
  const ours = hooks.filter((hook) => hook.event === event).sort((a, b) => (b.wall_ms ?? -1) - (a.wall_ms ?? -1));
  const sets = [
    ...setsWords(events.filter((set) => set.event === event)),
    ...not_measured.filter((set) => set.event === event).map(notMeasuredWords),
  ];
  const isUsed = days_of_use > 0;
  const head = ['hook', 'alone', ...(isUsed ? ['waited for'] : []), 'CPU time', 'findings'];
  return paragraphs([
    `### ${text(event) || '?'}${sets.length > 0 ? `: ${text(sets.join('; '))}` : ''}`,
    table(
      isUsed ? 'lrrrl' : 'lrrl',
      head,
      ours.map((hook) => row(hook, isUsed)),
    ),
  ]);
}

const row = (hook: Audit['hooks'][number], isUsed: boolean): string[] => [
  code(cut(oneLine(nameUnderEvent(hook)), 60)),
  timeOf(hook),
  ...(isUsed ? [minutesWords(hook) ?? '–'] : []),
  hook.cpu_ms === null ? '–' : milliseconds(hook.cpu_ms),
  text(cut(concernsOf(hook), 160)),
];

function toDo({ recommendations: all }: Audit): string | null {
  if (all.length === 0) return null;
  const rows = all
    .slice(0, SHOWN.recommendations)
    .map((one, i) => [String(i + 1), text(one.title), savingWords(one) ?? '–', count(one.effort, 'line')]);
  const rest = all.length - rows.length;
  return paragraphs([
    '### What to do',
    table('rlrr', ['#', 'change', 'saves', 'about'], rows),
    rest > 0 && `${rest} more with \`--html\` or \`--json\`.`,
  ]);
}

function findings({ findings: all }: Audit, place: string): string | null {
  if (all.length === 0) return null;
  const lines = byRule(all).map(({ rule, severity, title, found }) => {
    const at = [...new Set(found.flatMap(({ lines }) => placesOf(lines, place)))];
    const more = at.length > SHOWN.places ? ` and ${at.length - SHOWN.places} more` : '';
    return `**${severity}**: ${text(title)} (${code(rule)}): ${at.slice(0, SHOWN.places).map(code).join(', ')}${more}`;
  });
  return paragraphs(['### Findings', bullets(lines, '')]);
}

function repeated({ redundancy }: Audit): string | null {
  if (redundancy.length === 0) return null;
  const lines = redundancy.map(({ kind, what, hooks }) => {
    const shown = cut(oneLine(what), 80);
    return `${kind === 'command' || kind === 'check' ? code(shown) : text(shown)}: in ${count(hooks.length, 'hook')}`;
  });
  return paragraphs(['### Repeated work', bullets(lines, '')]);
}
