import { median } from '../../stats/robust.ts';
import { type DailySeries, type ObservedDay, sameSubject } from './series.ts';
import type { Suspicion } from './suspicions.ts';

/**
 * A suspected slowdown. A case stays open until a measurement proves it, a measurement shows no slowdown, or the level falls back to the
 * old level. Days are texts such as `2026-11-29`.
 */
export type Case = Suspicion & {
  /**
   * The unique id of the case. It consists of the metric, the plugin, the handler and the first day of the slower level. For a benchmark,
   * it consists of the series and two commits.
   */
  id: string;
  opened: string;
  closed: string | null;
  state: 'open' | 'proved' | 'not_proved' | 'gone';
  /** The result of comparing the old version with the new version. Null if nothing was measured. */
  proof: Proof | null;
  /** Whether the handler's files changed around the first day of the slower level; null if unknown. */
  files: Files | null;
  /**
   * Why the case stayed open after the last attempt to prove it, and the day of this attempt. Null before the first attempt, and after an
   * attempt that closed the case.
   */
  left: Left | null;
  /**
   * The day on which perf-gate found that the level of a proved case fell back to the old level. Null if the level did not fall back, or if
   * the case is not proved.
   */
  returned: string | null;
};

/**
 * The data about the files of its handler that a case stores. `hook`: the id of the installed hook. `changed`: the files changed between
 * the days `first` and `last`; `from` and `to` are the hashes of the two versions. Null if the files did not change.
 */
export type Files = { hook: string; changed: { first: string; last: string; from: string; to: string } | null };

/** Why a case stays open after an attempt to prove it, and the day of the attempt. */
export type Left = {
  code:
    | 'no_way' // only hooks and benchmarks can be measured again
    | 'not_found' // no hook with the handler's name is installed
    | 'not_noted' // the hook's earlier files are unknown
    | 'not_kept' // the hook's files were not copied, for example because they are too large
    | 'gone' // the copies of the hook's files were deleted
    | 'not_run' // the hook cannot run in the cage
    | 'unlike' // the hook completed its work in only one of the two versions
    | 'undecided' // the measurement had no clear result
    | 'not_here' // this is not the benchmark's repository, or the benchmark is no longer worse
    | 'no_contract' // the contract of the benchmark is missing
    | 'command' // the benchmark was a command without a contract, and only the command's hash was stored
    | 'not_measured'; // measuring a commit failed
  day: string;
};

/** The outcome of an attempt to prove a case. `unchanged`: the old and the new version are equal, so there is nothing to compare. */
export type Attempt =
  | { state: 'measured'; proof: Proof }
  | { state: 'unchanged' }
  | { state: 'left'; code: Left['code'] };

/**
 * The result of a measurement. `regressed` proves the case and `held` closes it as not proved; `undecided` leaves the case open. The
 * estimate and its interval are in per cent; a bound of the interval may be null.
 */
export type Proof = {
  answer: 'regressed' | 'held' | 'undecided';
  estimate_pct: number;
  ci_pct: [number | null, number | null];
};

/**
 * Updates the cases according to the current daily series. An open case gets newer figures, or is closed as gone if the level fell back to
 * the old level. A new suspicion opens a case. If the level of a proved case fell back, its `returned` is set to `today`. A series has at
 * most one open case. The rise of a closed case stays in the data for weeks, but only a later rise opens a new case.
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

/** Whether the median of the last three days is closer to the old level than to the slower level. */
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
 * Updates a case after an attempt to prove it. An undecided result leaves the case open. If the handler did not change, the case is closed
 * as not proved, because the cause lies elsewhere.
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
