import { timesIn } from '../../rows.ts';
import { columnsIn, figuresOfColumn } from '../../store/columns.ts';
import { testsIn } from '../../tests-in.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

/** Tests that are named one by one, the slowest. */
const MOST = 50;

/** What runs of tests took and what a selection saved, which tests fail now and then, and which are the slowest. */
export function tests(seen: Seen) {
  const span = spanOf(seen);
  const { runs, tests: all, goal_pct } = testsIn(seen.db, span);
  return {
    rows: timesIn(seen.db, span, ['test']).rows,
    columns: columnsIn(seen.db, span, { kinds: ['test'], metric: 'duration_ms', step: stepOf(span) }).map(
      figuresOfColumn,
    ),
    runs,
    goal_pct,
    flaky: all.filter(({ flaky }) => flaky),
    failed: all.filter(({ flaky, failed }) => !flaky && failed > 0),
    slowest: all.slice(0, MOST),
  };
}
