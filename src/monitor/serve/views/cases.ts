import { dayName, daysBefore } from '../../../core/time.ts';
import type { Case } from '../../analytics/cases.ts';
import { seriesFrom } from '../../analytics/from-days.ts';
import { type DailySeries, sameSubject } from '../../analytics/series.ts';
import { changedWords, proofWords, subjectWords } from '../../report/case-words.ts';
import { casesIn } from '../../store/cases.ts';
import { daysIn } from '../../store/read.ts';
import type { Seen } from './seen.ts';

/** The number of days for which medians are shown. Cases that were closed earlier are left out. */
const shown = 30;

/**
 * The stored cases with their daily medians. This view does not search for new cases, because the search is slow if there are many series.
 * Proved cases come first, then open cases, then all others. Within each group, the newest case comes first. `looked_for`: whether the
 * service searches for cases.
 */
export function cases({ db, now, config }: Seen) {
  const from = daysBefore(dayName(now), shown);
  const found = casesIn(db).filter(({ closed }) => closed === null || closed >= from);
  const names = [...new Set(found.flatMap(({ handler }) => handler ?? []))];
  const of = { sql: `SELECT id FROM series WHERE name IN (${names.map(() => '?').join(', ')})`, values: names };
  const series = seriesFrom(daysIn(db, { since: Date.parse(from), until: now + 1 }, { of }));
  const rank = ({ state }: Case) => (state === 'proved' ? 0 : state === 'open' ? 1 : 2);
  const sorted = found.sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? 1 : -1));
  return {
    from,
    looked_for: config.analytics.regression_detection,
    cases: sorted.map((one) => withDays(one, series)),
  };
}

/** Adds texts and daily medians to a case. Each median is a pair [day, median]. */
function withDays(one: Case, series: readonly DailySeries[]) {
  const days = series.find((s) => sameSubject(s, one))?.days ?? [];
  return {
    ...one,
    words: { subject: subjectWords(one), changed: changedWords(one), proof: proofWords(one) },
    days: days.map(({ day, median }) => [day, median] as const),
  };
}
