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

/** How one test went in one run; `ok` is null for a skipped one. */
export type TestTry = {
  run: string;
  t: number;
  suite: string;
  test: string;
  ms: number;
  ok: boolean | null;
  retried: boolean;
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

/** A test over several runs. */
export type TestRow = {
  suite: string;
  test: string;
  runs: number;
  failed: number;
  mean_ms: number;
  max_ms: number;
  flaky: boolean;
};

/** The tests, the slowest first. Flaky: it passed only when it was tried again, or failed and passed on the same commit. */
export function testRows(tries: readonly TestTry[]): TestRow[] {
  const byTest = new Map<string, TestTry[]>();
  for (const one of tries) {
    const key = `${one.suite}\0${one.test}`;
    const own = byTest.get(key);
    if (own) own.push(one);
    else byTest.set(key, [one]);
  }
  const rows = [...byTest.values()].map((own): TestRow => {
    const ran = own.filter(({ ok }) => ok !== null);
    return {
      suite: own[0]!.suite,
      test: own[0]!.test,
      runs: ran.length,
      failed: ran.filter(({ ok }) => ok === false).length,
      mean_ms: ran.reduce((ms, one) => ms + one.ms, 0) / Math.max(1, ran.length),
      max_ms: ran.reduce((ms, one) => Math.max(ms, one.ms), 0),
      flaky: isFlaky(ran),
    };
  });
  return rows.filter(({ runs }) => runs > 0).sort((a, b) => b.mean_ms - a.mean_ms);
}

function isFlaky(tries: readonly TestTry[]): boolean {
  if (tries.some(({ ok, retried }) => ok === true && retried)) return true;
  const passed = new Set(tries.flatMap(({ ok, commit }) => (ok === true && commit !== null ? [commit] : [])));
  return tries.some(({ ok, commit }) => ok === false && commit !== null && passed.has(commit));
}
