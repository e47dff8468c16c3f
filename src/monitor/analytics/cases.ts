import { median } from '../../stats/robust.ts';
import { type DailySeries, type ObservedDay, sameSubject } from './series.ts';
import type { Suspicion } from './suspicions.ts';

/** A suspicion that is followed until it is proved, turned down, or gone. Days are `2026-11-29`. */
export type Case = Suspicion & {
  /** Subject and first day of the new level; no two cases share it. */
  id: string;
  opened: string;
  closed: string | null;
  state: 'open' | 'proved' | 'not_proved' | 'gone';
  /** What measuring the old handler against the new one said, if somebody did. */
  proof: Proof | null;
  /** What the handler's files did about the first day of the new level; null: not known. */
  files: Files | null;
  /** Why an attempt to prove it left it open, and on which day; null: none did. */
  left: Left | null;
  /** The day on which the level of a proved one was seen to have fallen back; null: it stands, or the case was not proved. */
  returned: string | null;
};

/** `changed`: between which days, and from which content to which; null: they stayed the same. */
export type Files = { hook: string; changed: { first: string; last: string; from: string; to: string } | null };

/**
 * `no_way`: nothing can measure such a subject again; `not_found`: no hook of that name was installed; `not_noted`: its files before are not known;
 * `not_kept`: too large to keep; `gone`: their copies are gone; `not_run`: it cannot be run dry; `unlike`: the two end differently;
 * `undecided`: measured, and it may be either; `not_here`: no such benchmark of this repository is worse; `no_contract`: that which it was measured
 * by is not there; `command`: it was measured by a command, of which only a hash was kept; `not_measured`: a run failed.
 */
export type Left = {
  code:
    | 'no_way'
    | 'not_found'
    | 'not_noted'
    | 'not_kept'
    | 'gone'
    | 'not_run'
    | 'unlike'
    | 'undecided'
    | 'not_here'
    | 'no_contract'
    | 'command'
    | 'not_measured';
  day: string;
};

/** What an attempt to prove a case found. `unchanged`: there is no old and new to be measured. */
export type Attempt =
  | { state: 'measured'; proof: Proof }
  | { state: 'unchanged' }
  | { state: 'left'; code: Left['code'] };

/** `regressed` and `held` are answers, `undecided` is none. Per cent; a bound is null where there is none. */
export type Proof = {
  answer: 'regressed' | 'held' | 'undecided';
  estimate_pct: number;
  ci_pct: [number | null, number | null];
};

/**
 * The cases after a look at the series: known ones with newer figures, gone ones closed, new ones opened, proved ones whose level fell back marked so. A
 * series has one open case at most. What was closed is opened again only by a change that came after the case was opened: the same change stays visible for weeks.
 */
export function followed(
  cases: readonly Case[],
  suspicions: readonly Suspicion[],
  { series, today }: { series: readonly DailySeries[]; today: string },
): Case[] {
  const hasFallen = (one: Case) => isBack(one, series.find((s) => sameSubject(s, one))?.days ?? []);
  const kept = cases.map((one) => {
    if (one.state === 'proved' && one.returned === null) return hasFallen(one) ? { ...one, returned: today } : one;
    if (one.state !== 'open') return one;
    const seen = suspicions.find((s) => sameSubject(s, one));
    if (seen) return { ...one, ...seen, since: one.since };
    return hasFallen(one) ? { ...one, state: 'gone' as const, closed: today } : one;
  });
  const opened = suspicions
    .filter((s) => !kept.some((one) => sameSubject(one, s) && (one.state === 'open' || one.opened >= s.since)))
    .map(
      (s): Case => ({
        ...s,
        id: idOf(s),
        opened: today,
        closed: null,
        state: 'open',
        proof: null,
        files: null,
        left: null,
        returned: null,
      }),
    );
  return [...kept, ...opened];
}

/** On the last three days, less than half of the rise is left. */
function isBack({ before, after }: Case, days: readonly ObservedDay[]): boolean {
  const lately = days.slice(-3).map((day) => day.median);
  return lately.length > 0 && median(lately) < (before + after) / 2;
}

const idOf = ({ metric, plugin, handler, since }: Suspicion) =>
  [metric, plugin, handler]
    .filter((part) => part !== null)
    .join(' ')
    .concat(` since ${since}`);

/** A case after an attempt to prove it. What is undecided leaves it open; where nothing changed, its handler is not what got slower. */
export function judged(one: Case, attempt: Attempt, today: string): Case {
  if (attempt.state === 'left') return { ...one, left: { code: attempt.code, day: today } };
  if (attempt.state === 'unchanged') return { ...one, state: 'not_proved', closed: today, left: null };
  const states = { regressed: 'proved', held: 'not_proved', undecided: 'open' } as const;
  const state = states[attempt.proof.answer];
  return state === 'open'
    ? { ...one, proof: attempt.proof, left: { code: 'undecided', day: today } }
    : { ...one, proof: attempt.proof, state, closed: today, left: null };
}
