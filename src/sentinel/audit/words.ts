import { count, listed } from '../../core/text.ts';
import { isEndless, type Outcome } from '../dry-run/outcome.ts';
import type { NotMeasured } from '../dry-run/result.ts';
import { endless } from '../rules/endless.ts';
import type { Severity } from '../rules/rule.ts';
import { deadWords, milliseconds } from '../words.ts';
import type { Audit, AuditedEvent, AuditedHook } from './audit.ts';
import type { Often } from './minutes.ts';
import type { Recommendation } from './recommend.ts';
import type { Waits } from './score.ts';

/** A line such as `Edit: 3 hooks at once take 467 ms, 3.2 min a day`. */
function setWords({ matched, hooks, makespan_ms, minutes_a_day }: AuditedEvent & Often): string {
  const who = hooks.length === 1 ? '1 hook takes' : `${hooks.length} hooks at once take`;
  const often = minutesWords({ minutes_a_day });
  return `${matched === null ? '' : `${matched}: `}${who} ${milliseconds(makespan_ms)}${often === null ? '' : `, ${often}`}`;
}

/**
 * The sets of hooks of an event, one line per tool. A tool has several sets if a hook's `if` holds for only some inputs. The line shows the
 * time of the first set, and then the time of the slowest other set.
 */
export function setsWords(sets: readonly (AuditedEvent & Often)[]): string[] {
  const byTool = new Map<string | null, (AuditedEvent & Often)[]>();
  for (const set of sets) byTool.set(set.matched, [...(byTool.get(set.matched) ?? []), set]);
  return [...byTool.values()].map(([first, ...others]) => {
    const longest = Math.max(...others.map(({ makespan_ms }) => makespan_ms));
    return `${setWords(first!)}${others.length > 0 ? `, up to ${milliseconds(longest)} when an “if” condition holds` : ''}`;
  });
}

/** A line such as `Edit: 3 hooks were not run in parallel: a.sh does not finish`. */
export function notMeasuredWords({ matched, hooks, because }: NotMeasured): string {
  const some = `${count(hooks.length, 'hook')} ${hooks.length === 1 ? 'was' : 'were'} not run in parallel`;
  const who = `${matched === null ? '' : `${matched}: `}${some}`;
  if (because.length === 0) return `${who}: the time limit was reached`;
  const names = because.map((id) => id.split('/').at(-1)!);
  return `${who}: ${listed(names, 2)} ${names.length === 1 ? 'does' : 'do'} not finish`;
}

export const isBroken = ({ outcomes }: Pick<AuditedHook, 'outcomes'>) => outcomes.includes('broken');

/** The time of the hook when it runs alone. If the time is unknown, returns a word instead: `342 ms`, `> 5 s`, `dead`, `broken`, `–`. */
export function timeOf(hook: AuditedHook): string {
  if (hook.dead) return 'dead';
  if (isBroken(hook)) return 'broken';
  if (hook.wall_ms === null) return '–';
  const isOver = hook.outcomes.some((outcome) => isEndless(outcome as Outcome));
  return `${isOver ? '> ' : ''}${milliseconds(hook.wall_ms)}`;
}

/** If the hook never runs, the reason. Otherwise, the rules that found something in the hook, or `ok` if no rule found anything. */
export function concernsOf(hook: AuditedHook): string {
  if (hook.dead) return deadWords(hook.dead);
  return hook.findings.length === 0 ? 'ok' : [...new Set(hook.findings)].join(', ');
}

/** All findings of one rule, such as `no-timeout`, in any hook of the audit. */
export type RuleFindings = { rule: string; severity: Severity; title: string; found: Audit['findings'] };

const grave: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** The findings by rule, the most severe first. */
export function byRule(findings: Audit['findings']): RuleFindings[] {
  const rules = new Map<string, Audit['findings']>();
  for (const one of findings) rules.set(one.rule, [...(rules.get(one.rule) ?? []), one]);
  return [...rules.values()]
    .map((found) => ({ rule: found[0]!.rule, severity: found[0]!.severity, title: found[0]!.title, found }))
    .sort((a, b) => grave[a.severity] - grave[b.severity]);
}

/** `at most −489 ms, 3.2 min a day`, or `at least −5000 ms` for a hook that does not end. Null if the change saves less than 1 ms. */
export const savingWords = ({ rule, impact_ms, minutes_a_day }: Recommendation): string | null =>
  impact_ms === null || impact_ms < 1
    ? null
    : [`at ${rule === endless.id ? 'least' : 'most'} −${milliseconds(impact_ms)}`, minutesWords({ minutes_a_day })]
        .filter(Boolean)
        .join(', ');

/** `3.2 min a day`. Null if the time is unknown, or if it is less than a second. */
export const minutesWords = ({ minutes_a_day }: Often): string | null => {
  if (minutes_a_day === null || minutes_a_day < 1 / 60) return null;
  return minutes_a_day < 1 ? `${Math.round(60 * minutes_a_day)} s a day` : `${minutes_a_day.toFixed(1)} min a day`;
};

/** `16 hooks in 12 plugins`. */
export function hooksWords(hooks: Audit['hooks']): string {
  const plugins = new Set(hooks.flatMap(({ plugin }) => plugin ?? [])).size;
  return `${count(hooks.length, 'hook')}${plugins > 0 ? ` in ${count(plugins, 'plugin')}` : ''}`;
}

/** The share of runnable hooks that did their work, as text. Null if no hook was run. */
export const coverageWords = ({ cage, coverage }: Audit): string | null =>
  cage.level === 'none' ? null : `${Math.round(100 * coverage)} % of the runnable hooks did their work`;

/** A sentence about the transcripts from which the minutes per day are computed. Null without transcripts. */
export const useWords = ({ days_of_use }: Audit): string | null =>
  days_of_use === 0
    ? null
    : `the minutes a day are computed from the events in your transcripts of ${count(days_of_use, 'day')}`;

const waitNames: Readonly<Record<keyof Waits, string>> = {
  session_start: 'the start of a session',
  edit: 'an edit',
  prompt: 'a prompt',
  turn_end: 'the end of a turn',
};

/** The waits of a user, in the order of a session, in ms. Waits that were not measured are left out. */
export const namedWaits = (waits: Waits): { of: keyof Waits; name: string; ms: number }[] =>
  (Object.keys(waitNames) as (keyof Waits)[]).flatMap((of) =>
    waits[of] === null ? [] : [{ of, name: waitNames[of], ms: waits[of] }],
  );
