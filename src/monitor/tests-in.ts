import { type RatedRun, rated, type TestRow, type TestRun, type TestTry, testRows } from './analytics/tests.ts';
import { unpacked } from './store/attributes.ts';
import type { Database, Row } from './store/driver.ts';
import type { Span } from './store/read.ts';

/** By how much a selection of tests should be faster than all of them, in per cent. */
const GOAL_PCT = [60, 80] as const;

/** `minutes`: of the runs of a day (UTC). */
export type TestTable = {
  runs: RatedRun[];
  tests: TestRow[];
  days: { day: string; runs: number; minutes: number }[];
  goal_pct: readonly [number, number];
};

const MONTH = 30 * 86_400_000;

/** Events in one look at most, the newest. */
const MOST_EVENTS = 200_000;

/** The runs of tests in a span, and their tests. The full run that one is held against may be older than the span. */
export function testsIn(db: Database, { since, until }: Span): TestTable {
  const rows = db.all(
    `SELECT s.name, e.t, e.duration_ms, e.ok, e.attributes FROM event e JOIN series s ON s.id = e.series
     WHERE s.kind = 'test' AND e.source = 'test_report' AND e.t >= ? AND e.t < ? ORDER BY e.t DESC LIMIT ${MOST_EVENTS}`,
    ...[since - MONTH, until],
  );
  const runs: TestRun[] = [];
  const tries: TestTry[] = [];
  for (const row of rows) {
    const attributes = unpacked(row.attributes!);
    if (attributes.what === 'run') runs.push(runOf(row, attributes));
    if (attributes.what === 'case' && Number(row.t) >= since) tries.push(tryOf(row, attributes));
  }
  const inSpan = rated(runs).filter(({ t }) => t >= since);
  return { runs: inSpan, tests: testRows(tries), days: daysOf(inSpan), goal_pct: GOAL_PCT };
}

type Attributes = ReturnType<typeof unpacked>;

const commitIn = ({ commit }: Attributes) => (typeof commit === 'string' ? commit : null);

const runOf = ({ name, t, duration_ms }: Row, attributes: Attributes): TestRun => ({
  run: String(attributes.run),
  t: Number(t),
  series: String(name),
  n: Number(attributes.selected),
  skipped: Number(attributes.skipped),
  failed: Number(attributes.failed),
  ms: Number(duration_ms),
  commit: commitIn(attributes),
});

const tryOf = ({ t, ok }: Row, attributes: Attributes): TestTry => ({
  run: String(attributes.run),
  t: Number(t),
  suite: String(attributes.suite),
  test: String(attributes.test),
  ms: Number(attributes.test_ms),
  ok: ok === null || ok === undefined ? null : Number(ok) === 1,
  retried: attributes.retried === true,
  commit: commitIn(attributes),
});

function daysOf(runs: readonly RatedRun[]): TestTable['days'] {
  const days = new Map<string, { runs: number; minutes: number }>();
  for (const { t, ms } of runs) {
    const day = new Date(t).toISOString().slice(0, 10);
    const { runs: n, minutes } = days.get(day) ?? { runs: 0, minutes: 0 };
    days.set(day, { runs: n + 1, minutes: minutes + ms / 60_000 });
  }
  return [...days].map(([day, sums]) => ({ day, ...sums }));
}
