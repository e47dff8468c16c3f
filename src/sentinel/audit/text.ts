import { count, cut, listed, oneLine } from '../../core/text.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { placeOf } from '../discover/events.ts';
import { isEndless, type Outcome } from '../dry-run/outcome.ts';
import type { NotMeasured } from '../dry-run/result.ts';
import { cageWords, deadWords, milliseconds, nameUnderEvent, noHooks, problemWords, toneOf } from '../words.ts';
import type { Audit, AuditedEvent, AuditedHook } from './audit.ts';
import { gradeOf } from './score.ts';

/** From where on a hook, and the hooks at the start of a session together, are marked as slow, in ms. */
type Slow = { slow_hook_ms: number; slow_session_ms: number };

/** How many recommendations are shown; the JSON has all. */
const SHOWN = 8;

/** An audit for a person, in the order of a session: what each hook costs, what is done again, what to do, the score. */
export function auditText(audit: Audit, slow: Slow, look: Look): string {
  const { hooks, findings, redundancy, recommendations, problems } = audit;
  const events = [...new Set(hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  const name = Math.max(0, ...hooks.map((hook) => columns(nameUnderEvent(hook))));
  const width = Math.min(name, Math.max(24, look.width - 40));
  const parts: string[][] = [
    hooks.length === 0 ? [] : wrap(shown(cageWords(audit.cage), look), look.width),
    ...events.map((event) => eventLines(event, audit, { width, slow, look })),
    section(
      'Done more than once',
      redundancy.map(({ what, hooks: in_ }) => `${what}: in ${count(in_.length, 'hook')}`),
      look,
    ),
    section('Findings', findingLines(findings), look),
    section(
      'What to do',
      recommendations.slice(0, SHOWN).map(({ title, impact_ms, effort }) => {
        const saves = impact_ms === null || impact_ms < 1 ? '' : `at most −${milliseconds(impact_ms)}, `;
        return `${title} (${saves}about ${count(effort, 'line')})`;
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

type Frame = { width: number; slow: Slow; look: Look };

function eventLines(event: string, { hooks, events, not_measured }: Audit, frame: Frame): string[] {
  const ours = hooks.filter((hook) => hook.event === event).sort((a, b) => (b.wall_ms ?? -1) - (a.wall_ms ?? -1));
  const { slow, look } = frame;
  const sets = [
    ...events.filter((set) => set.event === event).map((set) => setWords(set, slow)),
    ...not_measured.filter((set) => set.event === event).map(notMeasuredWords),
  ];
  const head: Piece[] = [
    toned(shown(event, look) || '?', 'strong'),
    '  ',
    toned(shown(sets.join(', '), look), 'faint'),
  ];
  return [paint(head, look), ...ours.map((hook) => paint(hookLine(hook, frame), look))];
}

function setWords({ event, matched, hooks, makespan_ms }: AuditedEvent, { slow_session_ms }: Slow): string {
  const who = hooks.length === 1 ? '1 hook takes' : `${hooks.length} hooks at once take`;
  const isSlow = event === 'SessionStart' && makespan_ms > slow_session_ms;
  return `${matched === null ? '' : `${matched}: `}${who} ${milliseconds(makespan_ms)}${isSlow ? ', slow' : ''}`;
}

function notMeasuredWords({ matched, hooks, because }: NotMeasured): string {
  const who = `${matched === null ? '' : `${matched}: `}${count(hooks.length, 'hook')} not run at once`;
  return because.length === 0
    ? `${who}: no time`
    : `${who}: ${listed(
        because.map((id) => id.split('/').at(-1)!),
        2,
      )} ${because.length === 1 ? 'does' : 'do'} not end`;
}

function hookLine(hook: AuditedHook, { width, slow, look }: Frame): Piece[] {
  const name = shown(cut(oneLine(nameUnderEvent(hook)), width), look);
  const time = timeOf(hook);
  const concerns = cut(concernsOf(hook, slow), Math.max(10, look.width - width - 16));
  return [
    `  ${name}${' '.repeat(Math.max(0, width - columns(name)))}  `,
    toned(time.padStart(9), hook.dead || isBroken(hook) ? 'bad' : 'strong'),
    '  ',
    toned(shown(concerns, look), 'faint'),
  ];
}

const didNotEnd = (outcome: string) => isEndless(outcome as Outcome);
const isBroken = ({ outcomes }: AuditedHook) => outcomes.includes('broken');

function timeOf(hook: AuditedHook): string {
  if (hook.dead) return 'dead';
  if (isBroken(hook)) return 'broken';
  if (hook.wall_ms === null) return '–';
  return `${hook.outcomes.some(didNotEnd) ? '> ' : ''}${milliseconds(hook.wall_ms)}`;
}

function concernsOf(hook: AuditedHook, { slow_hook_ms }: Slow): string {
  if (hook.dead) return deadWords(hook.dead);
  const slow = (hook.wall_ms ?? 0) > slow_hook_ms ? ['slow'] : [];
  const concerns = [...slow, ...new Set(hook.findings)];
  return concerns.length === 0 ? 'ok' : concerns.join(', ');
}

const grave = { high: 0, medium: 1, low: 2 };

/** `high: The session waits for the network before it begins (http-in-session-start, 2 hooks)`: once a rule, the grave ones first. */
function findingLines(findings: Audit['findings']): string[] {
  const rules = new Map<string, Audit['findings']>();
  for (const one of findings) rules.set(one.rule, [...(rules.get(one.rule) ?? []), one]);
  const groups = [...rules.values()].sort((a, b) => grave[a[0]!.severity] - grave[b[0]!.severity]);
  return groups.map((all) => {
    const { rule, severity, title } = all[0]!;
    const hooks = new Set(all.map(({ hook }) => hook)).size;
    return `${severity}: ${title} (${rule}, ${count(hooks, 'hook')})`;
  });
}

function section(title: string, lines: readonly string[], look: Look): string[] {
  if (lines.length === 0) return [];
  const numbered = lines.flatMap((line, i) =>
    wrap(shown(line, look), look.width - 5).map((part, k) => `${k === 0 ? `${i + 1}.`.padStart(4) : '    '} ${part}`),
  );
  return [paint([toned(title, 'strong')], look), ...numbered];
}

function scoreLines({ score, grade, coverage, hooks, cage }: Audit, look: Look): string[] {
  const plugins = new Set(hooks.flatMap(({ plugin }) => plugin ?? [])).size;
  const all = `${count(hooks.length, 'hook')}${plugins > 0 ? ` in ${count(plugins, 'plugin')}` : ''}`;
  return [
    paint([toned(`Score ${score}/100, ${grade} (${gradeOf(score).words})`, toneOf(score))], look),
    cage.level === 'none' ? all : `${all}; ${Math.round(100 * coverage)} % of those that can run did their work`,
  ];
}
