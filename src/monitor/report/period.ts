import type { Alert } from '../alerts/alert.ts';
import type { Bottlenecks } from '../analytics/bottlenecks.ts';
import type { BenchLine } from '../analytics/by-commit.ts';
import type { Case } from '../analytics/cases.ts';
import type { SeriesTrend } from '../analytics/trends.ts';

/** All that a report of a day or a week tells. Days are `2026-11-29`; both are inside. */
export type PeriodReport = {
  period: 'daily' | 'weekly';
  from: string;
  to: string;
  now: Activity;
  /** The period of the same length before; null if nothing was recorded then. */
  before: Activity | null;
  hooks: readonly HookRow[];
  /** Those that were opened, closed or open in the period; null: not looked for. */
  cases: readonly Case[] | null;
  /** Null: not looked for. */
  trends: readonly SeriesTrend[] | null;
  /** Null: not looked for. */
  bottlenecks: Bottlenecks | null;
  /** Those that are worse than before, of all that were measured in the period: their commits by time. Null: not looked for. */
  benchmarks: { worse: readonly BenchLine[]; measured: number } | null;
  /** Runs of tests whose reports were imported. `saved_pct`: what selections saved against full runs, on average; null where none ran. */
  tests: { runs: number; failed: number; minutes: number; saved_pct: number | null; flaky: readonly string[] };
  /** Those that fired in the period. */
  alerts: readonly Alert[];
};

/** What was done in a period. Hook minutes are those in which the client waited for hooks. */
export type Activity = { sessions: number; turns: number; tools: number; turn_minutes: number; hook_minutes: number };

/** One hook over the period. `plugin` is null for hooks of settings. */
export type HookRow = {
  plugin: string | null;
  name: string;
  runs: number;
  /** Runs that neither succeeded nor were blocked on purpose. */
  failed: number;
  p50_ms: number;
  p95_ms: number;
  total_ms: number;
};
