import { timesIn } from '../../rows.ts';
import { testsIn } from '../../tests-in.ts';
import { linesIn } from './lines.ts';
import { type Seen, spanOf } from './seen.ts';

/** At most this number of tests and of suites are sent, the slowest ones. A project can have thousands of tests. */
const MOST = { tests: 50, suites: 100 };

/** The durations of test runs, the time saved by test selection, and the flaky, failed and slow tests. */
export function tests(seen: Seen) {
  const span = spanOf(seen);
  const { runs, tests: all, goal_pct } = testsIn(seen.db, span);
  return {
    rows: timesIn(seen.db, span, ['test'], MOST.suites).rows,
    columns: linesIn(seen.db, span, 'test'),
    runs,
    goal_pct,
    flaky: all.filter(({ flaky }) => flaky),
    failed: all.filter(({ flaky, failed }) => !flaky && failed > 0),
    slowest: all.slice(0, MOST.tests),
  };
}
