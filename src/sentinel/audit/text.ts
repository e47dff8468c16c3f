import { count, cut, oneLine } from '../../core/text.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { placeOf } from '../discover/events.ts';
import { cageWords, nameUnderEvent, noHooks, problemWords, toneOf } from '../words.ts';
import type { Audit, AuditedHook } from './audit.ts';
import { gradeOf } from './score.ts';
import { byRule, concernsOf, coverageWords, hooksWords, isBroken, savingWords, setWords, timeOf } from './words.ts';

/** How many recommendations are shown; the JSON has all. */
const SHOWN = 8;

/** An audit for a person, in the order of a session: what each hook costs, what is done again, what to do, the score. */
export function auditText(audit: Audit, look: Look): string {
  const { hooks, findings, redundancy, recommendations, problems } = audit;
  const events = [...new Set(hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  const name = Math.max(0, ...hooks.map((hook) => columns(nameUnderEvent(hook))));
  const width = Math.min(name, Math.max(24, look.width - 40));
  const parts: string[][] = [
    hooks.length === 0 ? [] : wrap(shown(cageWords(audit.cage), look), look.width),
    ...events.map((event) => eventLines(event, audit, { width, look })),
    section(
      'Done more than once',
      redundancy.map(({ what, hooks: in_ }) => `${what}: in ${count(in_.length, 'hook')}`),
      look,
    ),
    section('Findings', findingLines(findings), look),
    section(
      'What to do',
      recommendations.slice(0, SHOWN).map((one) => {
        const saves = savingWords(one);
        return `${one.title} (${saves === null ? '' : `${saves}, `}about ${count(one.effort, 'line')})`;
      }),
      look,
    ),
    problems.flatMap((problem) => wrap(shown(problemWords(problem), look), look.width)),
    hooks.length === 0 ? wrap(noHooks, look.width) : scoreLines(audit, look),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

type Frame = { width: number; look: Look };

function eventLines(event: string, { hooks, events }: Audit, { width, look }: Frame): string[] {
  const ours = hooks.filter((hook) => hook.event === event).sort((a, b) => (b.wall_ms ?? -1) - (a.wall_ms ?? -1));
  const sets = events.filter((set) => set.event === event).map((set) => setWords(set));
  const head: Piece[] = [
    toned(shown(event, look) || '?', 'strong'),
    '  ',
    toned(shown(sets.join(', '), look), 'faint'),
  ];
  return [paint(head, look), ...ours.map((hook) => paint(hookLine(hook, { width, look }), look))];
}

function hookLine(hook: AuditedHook, { width, look }: Frame): Piece[] {
  const name = shown(cut(oneLine(nameUnderEvent(hook)), width), look);
  const time = timeOf(hook);
  const concerns = cut(concernsOf(hook), Math.max(10, look.width - width - 16));
  return [
    `  ${name}${' '.repeat(Math.max(0, width - columns(name)))}  `,
    toned(time.padStart(9), hook.dead || isBroken(hook) ? 'bad' : 'strong'),
    '  ',
    toned(shown(concerns, look), 'faint'),
  ];
}

/** `high: The session waits for the network before it begins (http-in-session-start, 2 hooks)`: once a rule, the grave ones first. */
const findingLines = (findings: Audit['findings']): string[] =>
  byRule(findings).map(({ rule, severity, title, found }) => {
    const hooks = new Set(found.map(({ hook }) => hook)).size;
    return `${severity}: ${title} (${rule}, ${count(hooks, 'hook')})`;
  });

function section(title: string, lines: readonly string[], look: Look): string[] {
  if (lines.length === 0) return [];
  const numbered = lines.flatMap((line, i) =>
    wrap(shown(line, look), look.width - 5).map((part, k) => `${k === 0 ? `${i + 1}.`.padStart(4) : '    '} ${part}`),
  );
  return [paint([toned(title, 'strong')], look), ...numbered];
}

function scoreLines(audit: Audit, look: Look): string[] {
  const { score, grade } = audit;
  return [
    paint([toned(`Score ${score}/100, ${grade} (${gradeOf(score).words})`, toneOf(score))], look),
    [hooksWords(audit.hooks), coverageWords(audit)].filter((words) => words !== null).join('; '),
  ];
}
