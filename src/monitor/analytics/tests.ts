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
 * A test run compared with the last full run (a run of all tests) before it. The figures are null if there is no earlier full run, or if
 * the run itself is full.
 */
export type RatedRun = TestRun & { full: boolean; selection_ratio: number | null; saved_pct: number | null };

const MONTH = 30 * DAY;

/**
 * The share of the largest run of a month from which a run counts as full (a run of all tests). The share is below 1, because tests are
 * added and removed.
 */
const FULL = 0.95;

/**
 * Compares each run with the last full run (a run of all tests) before it: the share of tests selected and the time saved. Returns the
 * oldest run first.
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

/** The results of one test over some days. A test is flaky if it passed only on a retry, or failed and passed on the same commit. */
export type TestRow = {
  suite: string;
  test: string;
  runs: number;
  failed: number;
  mean_ms: number;
  max_ms: number;
  flaky: boolean;
};
