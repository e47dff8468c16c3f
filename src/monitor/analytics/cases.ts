import { median } from '../../stats/robust.ts';
import { type DailySeries, sameSubject } from './series.ts';
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
};

/** `regressed` and `held` are answers, `undecided` is none. Per cent; a bound is null where there is none. */
export type Proof = {
  answer: 'regressed' | 'held' | 'undecided';
  estimate_pct: number;
  ci_pct: [number | null, number | null];
};

/**
 * The cases after a look at the series: known ones with newer figures, gone ones closed, new ones opened. A series has one open case at
 * most. What was closed is opened again only by a change that came after the case was opened: the same change stays visible for weeks.
 */
export function followed(
  cases: readonly Case[],
  suspicions: readonly Suspicion[],
  { series, today }: { series: readonly DailySeries[]; today: string },
): Case[] {
  const kept = cases.map((one) => {
    if (one.state !== 'open') return one;
    const seen = suspicions.find((s) => sameSubject(s, one));
    const days = series.find((s) => sameSubject(s, one))?.days ?? [];
    if (seen) return { ...one, ...seen, since: one.since };
    return hasFallen(
      one,
      days.slice(-3).map((day) => day.median),
    )
      ? { ...one, state: 'gone' as const, closed: today }
      : one;
  });
  const opened = suspicions
    .filter((s) => !kept.some((one) => sameSubject(one, s) && (one.state === 'open' || one.opened >= s.since)))
    .map((s): Case => ({ ...s, id: idOf(s), opened: today, closed: null, state: 'open', proof: null }));
  return [...kept, ...opened];
}

/** Less than half of what was gained is left. */
const hasFallen = ({ before, after }: Case, lately: readonly number[]) =>
  lately.length > 0 && median([...lately]) < (before + after) / 2;

const idOf = ({ metric, plugin, handler, since }: Suspicion) =>
  [metric, plugin, handler]
    .filter((part) => part !== null)
    .join(' ')
    .concat(` since ${since}`);

/** A case after its handlers were measured against each other. What is undecided leaves it open. */
export function judged(one: Case, proof: Proof, today: string): Case {
  const states = { regressed: 'proved', held: 'not_proved', undecided: 'open' } as const;
  const state = states[proof.answer];
  return { ...one, proof, state, closed: state === 'open' ? null : today };
}
