import type { Alert } from '../alerts/alert.ts';
import type { Bottlenecks } from '../analytics/bottlenecks.ts';
import type { BenchLine } from '../analytics/by-commit.ts';
import type { Case } from '../analytics/cases.ts';
import type { SeriesTrend } from '../analytics/trends.ts';

/** The data of a report on a day or a week. The first and the last day, such as `2026-11-29`, are both included. */
export type PeriodReport = {
  period: 'daily' | 'weekly';
  from: string;
  to: string;
  now: Activity;
  /** The activity in the previous period of the same length. Null if nothing was recorded in the previous period. */
  before: Activity | null;
  hooks: readonly HookRow[];
  /** The cases that were opened, closed or open in the period; null if the configuration disables the search for slowdowns. */
  cases: readonly Case[] | null;
  /** The trends of series; null if the configuration disables them. */
  trends: readonly SeriesTrend[] | null;
  /** The activities that turns waited for; null if the configuration disables their analysis. */
  bottlenecks: Bottlenecks | null;
  /**
   * The benchmarks. `measured`: the number of benchmarks that were measured in the period. `worse`: the benchmarks that got worse, with
   * their commits in order of time. `benchmarks` is null if the configuration disables the search for slowdowns.
   */
  benchmarks: { worse: readonly BenchLine[]; measured: number } | null;
  /**
   * Imported test runs. `saved_pct`: how much shorter runs of selected tests were on average than a run of all tests, in per cent; null if
   * no run selected tests.
   */
  tests: { runs: number; failed: number; minutes: number; saved_pct: number | null; flaky: readonly string[] };
  /** Alerts that fired in the period. */
  alerts: readonly Alert[];
};

/** Counts and times, added up over a day or a week. `hook_minutes`: how long the client waited for hooks. */
export type Activity = { sessions: number; turns: number; tools: number; turn_minutes: number; hook_minutes: number };

/** The figures of one hook in the period. `plugin` is null for a hook that settings declare. */
export type HookRow = {
  plugin: string | null;
  name: string;
  runs: number;
  /** The number of failed executions. An execution in which the hook blocked on purpose does not count as failed. */
  failed: number;
  p50_ms: number;
  p95_ms: number;
  total_ms: number;
};
