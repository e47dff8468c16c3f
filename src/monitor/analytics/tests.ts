import { DAY } from '../../core/time.ts';

/** One test run. `n`: tests that ran, without skipped ones. */
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

/** A run compared with the last full run before it. The figures are null if there is no such run, or if the run is itself full. */
export type RatedRun = TestRun & { full: boolean; selection_ratio: number | null; saved_pct: number | null };

const MONTH = 30 * DAY;

/** A run counts as full from this share of the largest run of a month on, because some tests come and go. */
const FULL = 0.95;

/** The runs, oldest first, each compared with the last full run before it: the selected share and the time saved. */
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

/** A test over the runs of some days. Flaky: it passed only on a retry, or failed and passed on the same commit. */
export type TestRow = {
  suite: string;
  test: string;
  runs: number;
  failed: number;
  mean_ms: number;
  max_ms: number;
  flaky: boolean;
};
