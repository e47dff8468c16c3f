import { DAY } from '../../core/time.ts';

/** One test run. `n`: the number of tests that ran, without skipped tests. */
export type TestRun = {
  run: string;
  t: number;
  series: string;
  n: number;
  skipped: number;
  failed: number;
  ms: number;
  commit: string | null;
};

/**
 * A test run, compared with the last earlier run of all tests (the last full run). `selection_ratio` and `saved_pct` are null if no earlier
 * full run exists, or if this test run is a full run.
 */
export type RatedRun = TestRun & { full: boolean; selection_ratio: number | null; saved_pct: number | null };

const MONTH = 30 * DAY;

/**
 * The least size of a full run (a run of all tests), as a share of the largest run in the month before. The share is below 1, because tests
 * are added and removed.
 */
const FULL = 0.95;

/**
 * Compares each test run with the last earlier full run (a run of all tests). The result has the share of selected tests and the saved
 * time. Returns the oldest run first.
 */
export function rated(runs: readonly TestRun[]): RatedRun[] {
  const sorted = runs.toSorted((a, b) => a.t - b.t);
  const found: RatedRun[] = [];
  for (const run of sorted) {
    const before = found.filter(({ series, t }) => series === run.series && t > run.t - MONTH);
    const most = before.reduce((n, one) => Math.max(n, one.n), 0);
    const full = run.n >= FULL * most;
    const last = before.findLast((one) => one.full);
    const known = !full && last && last.ms > 0 ? last : null;
    found.push({
      ...run,
      full,
      selection_ratio: known && run.n / known.n,
      saved_pct: known && (100 * (known.ms - run.ms)) / known.ms,
    });
  }
  return found;
}

/**
 * The results of one test over some days. A test is flaky if it passed only on a retry, or if it failed and passed on the same commit.
 */
export type TestRow = {
  suite: string;
  test: string;
  runs: number;
  failed: number;
  mean_ms: number;
  max_ms: number;
  flaky: boolean;
};
