import { dayName, daysBefore } from '../../../core/time.ts';
import type { Case } from '../../analytics/cases.ts';
import { seriesFrom } from '../../analytics/from-days.ts';
import { knownCases } from '../../analytics/known-cases.ts';
import { type DailySeries, sameSubject } from '../../analytics/series.ts';
import { changedWords, proofWords, subjectWords } from '../../report/case-words.ts';
import type { Database } from '../../store/driver.ts';
import { daysIn } from '../../store/read.ts';
import type { Seen } from './seen.ts';

/** Days in which cases are followed, and days behind them that the first look needs. */
const followed = 30;
const behind = 45;

/** To look for cases takes long where there are many series, and they change from day to day: an answer is given again for so many ms. */
const GIVEN_AGAIN = 300_000;
const given = new WeakMap<Database, { at: number; found: ReturnType<typeof casesIn> }>();

/** What got slower in the last 30 days, with the days around it. The proved ones first, then the open ones, then the newest. */
export function cases({ db, now }: Seen) {
  const before = given.get(db);
  if (before && Math.abs(now - before.at) < GIVEN_AGAIN) return before.found;
  const found = casesIn(db, now);
  given.set(db, { at: now, found });
  return found;
}

function casesIn(db: Database, now: number) {
  const today = dayName(now);
  const first = daysBefore(today, followed);
  const series = seriesFrom(daysIn(db, { since: Date.parse(daysBefore(first, behind)), until: now + 1 }));
  const found = knownCases(db, series, [first, today]);
  const rank = ({ state }: Case) => (state === 'proved' ? 0 : state === 'open' ? 1 : 2);
  const sorted = found.sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? 1 : -1));
  return { from: first, to: today, series: series.length, cases: sorted.map((one) => withDays(one, series)) };
}

/** A case with its words, and the medians of its days: [day, median]. */
function withDays(one: Case, series: readonly DailySeries[]) {
  const days = series.find((s) => sameSubject(s, one))?.days ?? [];
  return {
    ...one,
    words: { subject: subjectWords(one), changed: changedWords(one), proof: proofWords(one) },
    days: days.slice(-followed).map(({ day, median }) => [day, median] as const),
  };
}
