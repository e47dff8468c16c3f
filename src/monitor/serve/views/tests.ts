import { timesIn } from '../../rows.ts';
import { testsIn } from '../../tests-in.ts';
import { linesIn } from './lines.ts';
import { type Seen, spanOf } from './seen.ts';

/** Tests that are named one by one, and suites, the slowest; a project may have thousands. */
const MOST = { tests: 50, suites: 100 };

/** What runs of tests took and what a selection saved, which tests fail now and then, and which are the slowest. */
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
