import { dayName, daysBefore } from '../../core/time.ts';
import { filesOf } from '../proof/files.ts';
import { casesIn, changeCases } from '../store/cases.ts';
import type { Database } from '../store/driver.ts';
import { versionsIn } from '../store/installed.ts';
import { daysIn } from '../store/read.ts';
import { type Case, followed } from './cases.ts';
import { seriesFrom } from './from-days.ts';
import { casesOver } from './replay.ts';
import type { DailySeries } from './series.ts';
import { changePoint } from './shift.ts';
import { suspicionsOf } from './suspicions.ts';

/** A search no longer updates cases that were closed more than this number of days ago. */
const lookedBack = 30;
/** The number of days of history that a search reads in addition to the `lookedBack` days. */
const behind = 45;

/**
 * The cases that were open on at least one day from `first` to `last`, in their state on the day `last`. Stored cases are updated with the
 * data up to `last`. Without stored cases, returns the cases that daily searches would have opened.
 */
export function knownCases(db: Database, series: readonly DailySeries[], [first, last]: [string, string]): Case[] {
  const versions = versionsIn(db);
  return followedTo(casesIn(db), series, [first, last]).map((one) =>
    one.state === 'open' ? { ...one, files: filesOf(versions, one) ?? one.files } : one,
  );
}

function followedTo(all: readonly Case[], series: readonly DailySeries[], [first, last]: [string, string]): Case[] {
  const kept = all.filter(({ opened }) => opened <= last);
  // If only cases of benchmarks are stored, no daily search has stored a case yet. The past daily searches are then simulated, to find the
  // cases that they would have stored.
  if (kept.every(({ metric }) => metric.startsWith('bench.')))
    return [...kept, ...casesOver(series, [first, last], changePoint)];
  const seen = series.map((one) => ({ ...one, days: one.days.filter(({ day }) => day <= last) }));
  return followed(kept, suspicionsOf(seen, last, changePoint), { series: seen, today: last }).filter(
    ({ closed }) => closed === null || closed >= first,
  );
}

/** Runs the daily search for slowdowns. The search opens, updates and closes cases, and stores them. `now`: ms since 1970. */
export function lookForCases(db: Database, now: number): void {
  const today = dayName(now);
  const first = daysBefore(today, lookedBack);
  changeCases(db, (kept) => {
    const series = seriesFrom(daysIn(db, { since: Date.parse(daysBefore(first, behind)), until: now + 1 }));
    const closed = kept.filter((one) => one.closed !== null && one.closed < first);
    return [...closed, ...knownCases(db, series, [first, today])];
  });
}
