import { type Estimate, estimateOf } from './interval.ts';
import { type Left, waitWith } from './left.ts';
import type { Occasion } from './occasions.ts';

/** What a change saves at most when an event comes. Times in ms. */
export type EventImpact = {
  event: string;
  /** The values of what matchers look at for which this holds; empty where the event has no such thing. */
  matched: readonly string[];
  per_day: number;
  saved_ms: Estimate;
};

/** What a change saves at most: at each event that it makes shorter, the greatest first; and all of them in minutes a day. */
export type Impact = { events: EventImpact[]; minutes_a_day: Estimate };

const nothing: Estimate = { value: 0, low: 0, high: 0, confidence: 1 };

/** In ms: what is less is nothing that a change could show. */
const FELT_MS = 0.5;

/** What a change saves on all occasions: the waits of every execution that was measured, with it and without. */
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

/** In each execution. */
const savedIn = ({ runs, waited }: Occasion, left: Left): number[] =>
  runs.map((run) => waitWith(run, waited, none) - waitWith(run, waited, left));

const none: Left = new Map();

/** Executions of one round belong together: a slow moment of the machine is in all of them. */
function minutesOf(concerned: readonly { per_day: number; saved: readonly number[] }[]): Estimate {
  if (concerned.length === 0) return nothing;
  const rounds = Math.min(...concerned.map(({ saved }) => saved.length));
  const sums = Array.from({ length: rounds }, (_, round) =>
    concerned.reduce((sum, { per_day, saved }) => sum + per_day * saved[round]!, 0),
  );
  return estimateOf(sums.map((ms) => ms / 60_000));
}
