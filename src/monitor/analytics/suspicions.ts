import { daysBefore } from '../../core/time.ts';
import { median } from '../../stats/robust.ts';
import type { DailySeries, ObservedDay, Subject } from './series.ts';
import { type Shift, type ShiftRule, shiftOf } from './shift.ts';

/** A series that rose, with what changed at that time. A suspicion, not a proof: what else changed on that day is unknown. */
export type Suspicion = Subject & Shift & { changed: Changed };

/** What was different on the new level; null where it is not known. */
type Changed = {
  /** The handler's content before and after; the same twice if it did not change where the level did. */
  handler: { from: string; to: string } | null;
  load: Moved | null;
  payload_bytes: Moved | null;
  /** Other series, and how many of them rose at the same time: where most did, the machine did it. */
  others: { risen: number; of: number };
};

/** A median over the days of the old level and over those of the new one. */
export type Moved = { before: number; after: number };

/** Every series that the rule finds risen as of `today`, the largest shift first. */
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

/** Changes at most two days apart count as one: a change point is known to about a day. */
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

/** The last change of the content from two days before the new level began to two days after it; else what the content is now. */
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
