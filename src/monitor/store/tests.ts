import { midnight } from '../../core/time.ts';
import type { TestRow } from '../analytics/tests.ts';
import type { MonitorEvent } from '../event.ts';
import type { Database } from './driver.ts';
import type { Span } from './read.ts';

/** At most this number of tests are read. If there are more, failed and flaky tests are preferred, then the slowest. */
const MOST_TESTS = 10_000;

/**
 * Adds the result of a test to the figures of the day. Must be called in the transaction that adds the event. A test is flaky if it passed
 * only on a retry, or if it failed and passed on the same commit. For this check, only two commits are stored: the last on which the test
 * passed, and the last on which it failed.
 */
export function countTest(db: Database, { t, ok, attributes }: Pick<MonitorEvent, 't' | 'ok' | 'attributes'>): void {
  if (ok === null) return; // skipped
  const { suite, test, test_ms, retried, commit = null } = attributes;
  const of = [String(suite), String(test)];
  const last = db.get('SELECT passed_on, failed_on FROM test_last WHERE suite = ? AND test = ?', ...of);
  const isFlaky = ok
    ? retried === true || (commit !== null && last?.failed_on === commit)
    : commit !== null && last?.passed_on === commit;
  const on = commit === null ? null : String(commit);
  db.run(
    `INSERT INTO test_last (suite, test, passed_on, failed_on) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     passed_on = coalesce(excluded.passed_on, passed_on), failed_on = coalesce(excluded.failed_on, failed_on)`,
    ...[...of, ok ? on : null, ok ? null : on],
  );
  db.run(
    `INSERT INTO test_day (t, suite, test, n, failed, flaky, sum_ms, max_ms) VALUES (?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     n = n + 1, failed = failed + excluded.failed, flaky = max(flaky, excluded.flaky), sum_ms = sum_ms + excluded.sum_ms,
     max_ms = max(max_ms, excluded.max_ms)`,
    ...[midnight(t), ...of, Number(!ok), Number(isFlaky), Number(test_ms), Number(test_ms)],
  );
}

/** The tests that ran on the days of a time span, the slowest first. */
export const testRowsIn = (db: Database, { since, until }: Span): TestRow[] =>
  db
    .all(
      `SELECT suite, test, sum(n) AS runs, sum(failed) AS failed, sum(sum_ms) / sum(n) AS mean_ms, max(max_ms) AS max_ms, max(flaky) AS flaky
       FROM test_day WHERE t >= ? AND t < ? GROUP BY suite, test ORDER BY sum(failed) + max(flaky) = 0, mean_ms DESC LIMIT ${MOST_TESTS}`,
      ...[midnight(since), until],
    )
    .map(({ flaky, ...row }) => ({ ...(row as Omit<TestRow, 'flaky'>), flaky: flaky === 1 }))
    .sort((a, b) => b.mean_ms - a.mean_ms);

/** Deletes the figures of days before the time `before`, and then the tests that have no figures left. Must be called in a transaction. */
export function dropTests(db: Database, before: number): void {
  if (db.run('DELETE FROM test_day WHERE t < ?', before) > 0)
    db.run('DELETE FROM test_last WHERE (suite, test) NOT IN (SELECT suite, test FROM test_day)');
}
