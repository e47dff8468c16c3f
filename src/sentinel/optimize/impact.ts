import { type Estimate, estimateOf } from './interval.ts';
import { type Left, waitWith } from './left.ts';
import type { Occasion } from './occasions.ts';

/** The most that a change saves at one event. Times in ms. */
export type EventImpact = {
  event: string;
  /** The matcher values for which this saving holds. Empty if the event has no matcher values. */
  matched: readonly string[];
  per_day: number;
  saved_ms: Estimate;
};

/** The most that a change saves, at each event and in minutes per day. The event with the largest saving comes first. */
export type Impact = { events: EventImpact[]; minutes_a_day: Estimate };

const nothing: Estimate = { value: 0, low: 0, high: 0, confidence: 1 };

/** The smallest saving, in ms, that a measurement can show. */
const FELT_MS = 0.5;

/** The savings of a change. For every measured execution, the saving is the wait without the change minus the wait with the change. */
export function impactOf(left: Left, occasions: readonly Occasion[]): Impact {
  const concerned = occasions
    .filter(({ waited }) => [...left.keys()].some((id) => waited.has(id)))
    .map((occasion) => ({ ...occasion, saved: savedIn(occasion, left) }));
  const events = concerned
    .map(({ event, matched, per_day, saved }) => ({ event, matched, per_day, saved_ms: estimateOf(saved) }))
    .filter(({ saved_ms }) => saved_ms.value >= FELT_MS)
    .toSorted((a, b) => b.saved_ms.value - a.saved_ms.value);
  return { events, minutes_a_day: minutesOf(concerned) };
}

/** The time that a change saves in each measured execution of a set of hooks. */
const savedIn = ({ runs, waited }: Occasion, left: Left): number[] =>
  runs.map((run) => waitWith(run, waited, none) - waitWith(run, waited, left));

const none: Left = new Map();

/**
 * The saving per day, estimated from the rounds of the measurement. The savings of all events are added round by round, because a slow
 * moment of the machine affects all executions of a round.
 */
function minutesOf(concerned: readonly { per_day: number; saved: readonly number[] }[]): Estimate {
  if (concerned.length === 0) return nothing;
  const rounds = Math.min(...concerned.map(({ saved }) => saved.length));
  const sums = Array.from({ length: rounds }, (_, round) =>
    concerned.reduce((sum, { per_day, saved }) => sum + per_day * saved[round]!, 0),
  );
  return estimateOf(sums.map((ms) => ms / 60_000));
}
