import { DAY, dayName, MINUTE } from '../core/time.ts';
import { type RatedRun, rated, type TestRow, type TestRun } from './analytics/tests.ts';
import { unpacked } from './store/attributes.ts';
import type { Database, Row } from './store/driver.ts';
import type { Span } from './store/read.ts';
import { testRowsIn } from './store/tests.ts';

/** The goal for the time that is saved by running only selected tests: a lower and an upper bound, in per cent of the time of all tests. */
const GOAL_PCT = [60, 80] as const;

/** The test runs of a time span. `days`: for each UTC day, the number of test runs and their total duration in minutes. */
export type TestTable = {
  runs: RatedRun[];
  tests: TestRow[];
  days: { day: string; runs: number; minutes: number }[];
  goal_pct: readonly [number, number];
};

const MONTH = 30 * DAY;

/** At most this number of test runs are read, the newest ones. */
const MOST_RUNS = 2000;

/**
 * The test runs in a time span, and the tests that ran on the days of the span. A run is compared with the last run of all tests, which may
 * be older than the span.
 */
export function testsIn(db: Database, span: Span): TestTable {
  const runs = rated(runsIn(db, { since: span.since - MONTH, until: span.until })).filter(({ t }) => t >= span.since);
  return { runs, tests: testRowsIn(db, span), days: daysOf(runs), goal_pct: GOAL_PCT };
}

/**
 * The newest test runs that ended in a time span. The names of the runs' series contain `: tests by` and the test framework. A suite can
 * have a similar name, so suites are excluded by their attributes.
 */
const runsIn = (db: Database, { since, until }: Span): TestRun[] =>
  db
    .all(
      `SELECT s.name, e.t, e.duration_ms, e.attributes FROM event e JOIN series s ON s.id = e.series
       WHERE s.kind = 'test' AND s.name LIKE '%: tests by %' AND e.t >= ? AND e.t < ? ORDER BY e.t DESC LIMIT ${MOST_RUNS}`,
      ...[since, until],
    )
    .flatMap(({ attributes, ...row }) => {
      const about = unpacked(attributes!);
      return about.what === 'run' ? [runOf(row, about)] : [];
    });

const runOf = ({ name, t, duration_ms }: Row, about: ReturnType<typeof unpacked>): TestRun => ({
  run: String(about.run),
  t: Number(t),
  series: String(name),
  n: Number(about.selected),
  skipped: Number(about.skipped),
  failed: Number(about.failed),
  ms: Number(duration_ms),
  commit: typeof about.commit === 'string' ? about.commit : null,
});

function daysOf(runs: readonly RatedRun[]): TestTable['days'] {
  const days = new Map<string, { runs: number; minutes: number }>();
  for (const { t, ms } of runs) {
    const day = dayName(t);
    const { runs: n, minutes } = days.get(day) ?? { runs: 0, minutes: 0 };
    days.set(day, { runs: n + 1, minutes: minutes + ms / MINUTE });
  }
  return [...days].map(([day, sums]) => ({ day, ...sums }));
}
