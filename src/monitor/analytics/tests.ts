import { DAY } from '../../core/time.ts';

/** One run of tests. `project`: its series; `n`: tests that ran, without those that were skipped. */
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

/** A run beside the last full one before it; null where there is none, or where it is itself full. */
export type RatedRun = TestRun & { full: boolean; selection_ratio: number | null; saved_pct: number | null };

const MONTH = 30 * DAY;

/** A run with so much of the most tests of a month is full: some tests come and go. */
const FULL = 0.95;

/** The runs, oldest first, each beside the last full run before it: what was selected, and what that saved. */
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

/** A test over the runs of some days. Flaky: it passed only when it was tried again, or failed and passed on the same commit. */
export type TestRow = {
  suite: string;
  test: string;
  runs: number;
  failed: number;
  mean_ms: number;
  max_ms: number;
  flaky: boolean;
};
