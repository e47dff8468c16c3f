import { count, cut, oneLine } from '../../core/text.ts';
import { columns, type Look, type Piece, paint, shown, type Tone, toned, wrap } from '../../report/terminal/look.ts';
import { placeOf } from '../discover/events.ts';
import { cageWords, nameUnderEvent, noHooks, problemWords, toneOf } from '../words.ts';
import type { Audit, AuditedEvent } from './audit.ts';
import { findingLines } from './finding-lines.ts';
import { gradeOf } from './score.ts';
import { numbered } from './section.ts';
import {
  concernsOf,
  coverageWords,
  hooksWords,
  isBroken,
  minutesWords,
  notMeasuredWords,
  savingWords,
  setsWords,
  timeOf,
  useWords,
} from './words.ts';

/**
 * The audited folder, and two limits in ms: one for a single hook, and one for all hooks at the start of a session. The text marks longer
 * times as slow.
 */
type Around = { slow_hook_ms: number; slow_session_ms: number; place: string };

/** The number of recommendations in the text; the JSON has all. */
const SHOWN = 8;

/** An audit as text: the cost of each hook (events in the order of a session), repeated work, findings, recommendations, and the score. */
export function auditText(audit: Audit, around: Around, look: Look): string {
  const { hooks, findings, redundancy, recommendations, problems } = audit;
  const events = [...new Set(hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  const name = Math.max(0, ...hooks.map((hook) => columns(nameUnderEvent(hook))));
  const width = Math.min(name, Math.max(24, look.width - 40));
  const parts: string[][] = [
    hooks.length === 0 ? [] : wrap(shown(cageWords(audit.cage), look), look.width),
    ...events.map((event) => eventLines(event, audit, { width, around, look })),
    numbered(
      'Redundancy analysis',
      redundancy.map(({ what, hooks: in_ }) => [[`${oneLine(what)}: in ${count(in_.length, 'hook')}`]]),
      look,
    ),
    numbered('Anti-patterns detected', findingLines(findings, around.place), look),
    numbered(
      'Recommendations',
      recommendations.slice(0, SHOWN).map((one) => {
        const saves = savingWords(one);
        return [[`${one.title} (${saves === null ? '' : `${saves}, `}about ${count(one.effort, 'line')})`]];
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

type Frame = { width: number; around: Around; look: Look };

function eventLines(event: string, { hooks, events, not_measured }: Audit, frame: Frame): string[] {
  const ours = hooks.filter((hook) => hook.event === event).sort((a, b) => (b.wall_ms ?? -1) - (a.wall_ms ?? -1));
  const { around, look } = frame;
  const ofEvent = events.filter((set) => set.event === event);
  const sets = [
    ...setsWords(ofEvent),
    ...(ofEvent.some((set) => isSlowStart(set, around)) ? ['slow'] : []),
    ...not_measured.filter((set) => set.event === event).map(notMeasuredWords),
  ];
  const head: Piece[] = [
    toned(shown(event, look) || '?', 'strong'),
    '  ',
    toned(shown(sets.join(', '), look), 'faint'),
  ];
  return [paint(head, look), ...ours.map((hook) => paint(hookLine(hook, frame), look))];
}

const isSlowStart = ({ event, makespan_ms }: AuditedEvent, { slow_session_ms }: Around) =>
  event === 'SessionStart' && makespan_ms > slow_session_ms;

function hookLine(hook: Audit['hooks'][number], { width, around, look }: Frame): Piece[] {
  const name = shown(cut(oneLine(nameUnderEvent(hook)), width), look);
  const isSlow = (hook.wall_ms ?? 0) > around.slow_hook_ms;
  const concerns = concernsOf(hook);
  const marks = [isSlow ? 'slow' : null, minutesWords(hook), concerns === 'ok' ? null : concerns].filter(Boolean);
  const said = marks.length === 0 ? 'ok' : marks.join(', ');
  const tone: Tone = hook.dead || isBroken(hook) ? 'bad' : isSlow ? 'open' : 'strong';
  return [
    `  ${name}${' '.repeat(Math.max(0, width - columns(name)))}  `,
    toned(timeOf(hook).padStart(9), tone),
    '  ',
    toned(shown(cut(said, Math.max(10, look.width - width - 16)), look), 'faint'),
  ];
}

function scoreLines(audit: Audit, look: Look): string[] {
  const { score, grade, hooks } = audit;
  return [
    paint([toned(`Score ${score}/100, ${grade} (${gradeOf(score).words})`, toneOf(score))], look),
    ...wrap([hooksWords(hooks), coverageWords(audit), useWords(audit)].filter(Boolean).join('; '), look.width),
  ];
}
