import { daysBefore } from '../../core/time.ts';
import { median } from '../../stats/robust.ts';
import type { DailySeries, ObservedDay, Subject } from './series.ts';
import { type Shift, type ShiftRule, shiftOf } from './shift.ts';

/**
 * A suspected slowdown: a series that rose, and the known changes at the time of the rise. A suspicion is no proof, because unknown
 * changes are possible.
 */
export type Suspicion = Subject & Shift & { changed: Changed };

/** Changes at the time of the rise; a change is null if unknown. */
type Changed = {
  /** Hashes of the handler before and after the rise; equal if the handler did not change at that time. */
  handler: { from: string; to: string } | null;
  load: Moved | null;
  payload_bytes: Moved | null;
  /** How many other series rose at the same time. If most of the other series rose, the machine is the likely cause. */
  others: { risen: number; of: number };
};

/** The medians over the days before and after the rise. */
export type Moved = { before: number; after: number };

/** All series in which the rule finds a rise in the days up to `today`, the largest rise first. */
export function suspicionsOf(series: readonly DailySeries[], today: string, rule: ShiftRule): Suspicion[] {
  const found = series.flatMap((one) => {
    const shift = shiftOf(one.days, today, rule);
    return shift ? [{ one, shift }] : [];
  });
  return found
    .map(({ one, shift }): Suspicion => {
      const { metric, unit, handler, plugin, days } = one;
      const risen = found.filter((other) => other.one !== one && near(other.shift.since, shift.since)).length;
      const others = { risen, of: series.length - 1 };
      return { metric, unit, handler, plugin, ...shift, changed: { ...changedAt(days, shift.since), others } };
    })
    .sort((a, b) => b.shift_pct - a.shift_pct);
}

/** Whether two changes are at most two days apart and so count as simultaneous. A change point is only accurate to about a day. */
const near = (a: string, b: string) => a >= daysBefore(b, 2) && b >= daysBefore(a, 2);

function changedAt(days: readonly ObservedDay[], since: string): Omit<Changed, 'others'> {
  const before = days.filter(({ day }) => day < since);
  const after = days.filter(({ day }) => day >= since);
  return {
    handler: handlerChange(days, since),
    load: moved(before, after, (day) => day.load),
    payload_bytes: moved(before, after, (day) => day.payload_bytes),
  };
}

/**
 * The hashes of the handler before and after its last change within two days of the rise. If the handler did not change, returns its
 * present hash twice.
 */
function handlerChange(days: readonly ObservedDay[], since: string): Changed['handler'] {
  const known = days.filter((day) => day.handler_hash !== null);
  for (let i = known.length - 1; i > 0; i--) {
    const [from, to] = [known[i - 1]!.handler_hash!, known[i]!.handler_hash!];
    if (from !== to && near(known[i]!.day, since)) return { from, to };
  }
  const now = known.at(-1)?.handler_hash ?? null;
  return now === null ? null : { from: now, to: now };
}

function moved(
  before: readonly ObservedDay[],
  after: readonly ObservedDay[],
  of: (day: ObservedDay) => number | null,
): Moved | null {
  const known = (days: readonly ObservedDay[]) => days.map(of).filter((value) => value !== null);
  const [old, now] = [known(before), known(after)];
  return old.length > 0 && now.length > 0 ? { before: median(old), after: median(now) } : null;
}
