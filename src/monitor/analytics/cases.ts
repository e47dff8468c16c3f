import { median } from '../../stats/robust.ts';
import { type DailySeries, type ObservedDay, sameSubject } from './series.ts';
import type { Suspicion } from './suspicions.ts';

/** A suspicion that is followed until it is proved, dismissed, or gone. Days are `2026-11-29`. */
export type Case = Suspicion & {
  /** Subject and first day of the new level; unique. */
  id: string;
  opened: string;
  closed: string | null;
  state: 'open' | 'proved' | 'not_proved' | 'gone';
  /** The result of measuring the old handler against the new one; null if not measured. */
  proof: Proof | null;
  /** Whether the handler's files changed around the first day of the new level; null: unknown. */
  files: Files | null;
  /** Why the last attempt to prove the case left it open, and on which day; else null. */
  left: Left | null;
  /** The day on which a proved case's level was found to have fallen back; null: it has not, or the case is not proved. */
  returned: string | null;
};

/** `changed`: between which days the files changed, and from which content to which; null: unchanged. */
export type Files = { hook: string; changed: { first: string; last: string; from: string; to: string } | null };

/** Why a case stays open after an attempt to prove it, and the day of the attempt. */
export type Left = {
  code:
    | 'no_way' // only hooks and benchmarks can be measured again
    | 'not_found' // no hook of that name is installed
    | 'not_noted' // its earlier files are unknown
    | 'not_kept' // its files are too large to keep
    | 'gone' // the copies of its files were deleted
    | 'not_run' // the hook cannot run in the cage
    | 'unlike' // old and new end differently
    | 'undecided' // measured without a clear result
    | 'not_here' // no such benchmark of this repository is worse
    | 'no_contract' // the contract that measured it is missing
    | 'command' // measured by a command, of which only a hash was kept
    | 'not_measured'; // a run failed
  day: string;
};

/** The outcome of an attempt to prove a case. `unchanged`: old and new are equal, so there is nothing to compare. */
export type Attempt =
  | { state: 'measured'; proof: Proof }
  | { state: 'unchanged' }
  | { state: 'left'; code: Left['code'] };

/**
 * `regressed` and `held` decide the case, `undecided` does not. Estimate and interval are in per cent; a bound is null if it does not
 * exist.
 */
export type Proof = {
  answer: 'regressed' | 'held' | 'undecided';
  estimate_pct: number;
  ci_pct: [number | null, number | null];
};

/**
 * Updates the cases by the current series. Open cases get newer figures, or are closed as gone if the level fell back. New suspicions open
 * cases. Proved cases whose level fell back get `returned`. A series has one open case at most. A closed case does not prevent a new one
 * for a later change, but the same change, which stays visible for weeks, opens no second case.
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

/** Whether less than half of the rise is left on the last three days. */
function isBack({ before, after }: Case, days: readonly ObservedDay[]): boolean {
  const lately = days.slice(-3).map((day) => day.median);
  return lately.length > 0 && median(lately) < (before + after) / 2;
}

const idOf = ({ metric, plugin, handler, since }: Suspicion) =>
  [metric, plugin, handler]
    .filter((part) => part !== null)
    .join(' ')
    .concat(` since ${since}`);

/**
 * A case after an attempt to prove it. An undecided result leaves it open. If the handler did not change, the case is not proved: the cause
 * lies elsewhere.
 */
export function judged(one: Case, attempt: Attempt, today: string): Case {
  if (attempt.state === 'left') return { ...one, left: { code: attempt.code, day: today } };
  if (attempt.state === 'unchanged') return { ...one, state: 'not_proved', closed: today, left: null };
  const states = { regressed: 'proved', held: 'not_proved', undecided: 'open' } as const;
  const state = states[attempt.proof.answer];
  return state === 'open'
    ? { ...one, proof: attempt.proof, left: { code: 'undecided', day: today } }
    : { ...one, proof: attempt.proof, state, closed: today, left: null };
}
