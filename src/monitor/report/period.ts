import type { Alert } from '../alerts/alert.ts';
import type { Bottlenecks } from '../analytics/bottlenecks.ts';
import type { BenchLine } from '../analytics/by-commit.ts';
import type { Case } from '../analytics/cases.ts';
import type { SeriesTrend } from '../analytics/trends.ts';

/** The data of a report of a day or a week. Days are `2026-11-29`; both are included. */
export type PeriodReport = {
  period: 'daily' | 'weekly';
  from: string;
  to: string;
  now: Activity;
  /** The period of the same length before; null if nothing was recorded then. */
  before: Activity | null;
  hooks: readonly HookRow[];
  /** Cases that were opened, closed or open in the period; null: not searched for. */
  cases: readonly Case[] | null;
  /** Null: not looked for. */
  trends: readonly SeriesTrend[] | null;
  /** Null: not looked for. */
  bottlenecks: Bottlenecks | null;
  /**
   * `measured`: number of benchmarks measured in the period; `worse`: those that got worse, with their commits by time. Null: not searched
   * for.
   */
  benchmarks: { worse: readonly BenchLine[]; measured: number } | null;
  /** Imported test runs. `saved_pct`: the mean time that selections saved compared with full runs; null without a selection. */
  tests: { runs: number; failed: number; minutes: number; saved_pct: number | null; flaky: readonly string[] };
  /** Alerts that fired in the period. */
  alerts: readonly Alert[];
};

/** The activity in a period. `hook_minutes`: how long the client waited for hooks. */
export type Activity = { sessions: number; turns: number; tools: number; turn_minutes: number; hook_minutes: number };

/** One hook over the period. `plugin` is null for hooks of settings. */
export type HookRow = {
  plugin: string | null;
  name: string;
  runs: number;
  /** Runs that failed; a hook that blocks on purpose does not count. */
  failed: number;
  p50_ms: number;
  p95_ms: number;
  total_ms: number;
};
