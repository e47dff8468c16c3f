import { daysBefore, MINUTE } from '../../core/time.ts';
import { bottlenecksOf } from '../analytics/bottlenecks.ts';
import { benchLines } from '../analytics/by-commit.ts';
import { seriesFrom } from '../analytics/from-days.ts';
import { knownCases } from '../analytics/known-cases.ts';
import { trendOf } from '../analytics/trends.ts';
import { turnsIn } from '../analytics/turns-in.ts';
import type { MonitorConfig } from '../config/schema.ts';
import { alertsIn } from '../store/alerts.ts';
import { benchIn } from '../store/bench.ts';
import type { Database } from '../store/driver.ts';
import { daysIn, type Figures, figuresIn, type Span, sessionsIn } from '../store/read.ts';
import { testsIn } from '../tests-in.ts';
import type { Activity, HookRow, PeriodReport } from './period.ts';

/** The number of days that a report covers. */
const lengths = { daily: 1, weekly: 7 } as const;
/** The number of days for which a report shows cases and trends. These days end with the report's last day. */
const behind = 28;
/** The number of days of history that the first search for cases needs. */
const window = 30;

/** The report of the UTC day `to`, or of the seven days that end with this day. Parts that the configuration disables are null. */
export function periodReport(
  db: Database,
  period: PeriodReport['period'],
  to: string,
  { reporting, analytics }: Pick<MonitorConfig, 'reporting' | 'analytics'>,
): PeriodReport {
  const days = lengths[period];
  const from = daysBefore(to, days - 1);
  const series = seriesFrom(daysIn(db, spanOf(daysBefore(to, behind + window), to)));
  const recent = series.map((one) => ({ ...one, days: one.days.filter(({ day }) => day > daysBefore(to, behind)) }));
  const earlier = activityIn(db, spanOf(daysBefore(from, days), daysBefore(from, 1)));
  return {
    period,
    from,
    to,
    now: activityIn(db, spanOf(from, to)),
    before: earlier.sessions > 0 ? earlier : null,
    hooks: hooksIn(db, spanOf(from, to)),
    cases: analytics.regression_detection
      ? knownCases(db, series, [daysBefore(to, behind), to]).filter(({ closed }) => closed === null || closed >= from)
      : null,
    trends:
      reporting.performance_trends && analytics.trend_analysis ? recent.flatMap((one) => trendOf(one) ?? []) : null,
    bottlenecks: analytics.bottleneck_detection ? bottlenecksOf(turnsIn(db, spanOf(from, to))) : null,
    benchmarks: analytics.regression_detection ? benchmarksIn(db, spanOf(from, to)) : null,
    tests: testedIn(db, spanOf(from, to)),
    alerts: alertsIn(db, spanOf(from, to)),
  };
}

function testedIn(db: Database, span: Span): PeriodReport['tests'] {
  const { runs, tests } = testsIn(db, span);
  const saved = runs.flatMap(({ saved_pct }) => saved_pct ?? []);
  return {
    runs: runs.length,
    failed: runs.filter(({ failed }) => failed > 0).length,
    minutes: runs.reduce((sum, { ms }) => sum + ms, 0) / MINUTE,
    saved_pct: saved.length === 0 ? null : saved.reduce((sum, one) => sum + one, 0) / saved.length,
    flaky: tests.filter(({ flaky }) => flaky).map(({ suite, test }) => `${suite} › ${test}`),
  };
}

const spanOf = (from: string, to: string): Span => ({ since: Date.parse(from), until: Date.parse(daysBefore(to, -1)) });

function benchmarksIn(db: Database, { since, until }: Span): NonNullable<PeriodReport['benchmarks']> {
  const points = benchIn(db).filter(({ t }) => t < until);
  const lines = benchLines(points, null).filter(({ measured }) => measured >= since);
  return { measured: lines.length, worse: lines.filter(({ worse }) => worse !== null) };
}

function activityIn(db: Database, span: Span): Activity {
  const figures = figuresIn(db, span, { kinds: ['turn', 'tool', 'hook_event'], metric: 'duration_ms' });
  const of = (kind: string) => figures.filter((row) => row.kind === kind && row.name !== 'compaction');
  const sum = (rows: readonly Figures[], what: 'n' | 'sum') => rows.reduce((all, row) => all + row[what], 0);
  return {
    sessions: sessionsIn(db, span),
    turns: sum(of('turn'), 'n'),
    tools: sum(of('tool'), 'n'),
    turn_minutes: sum(of('turn'), 'sum') / MINUTE,
    hook_minutes: sum(of('hook_event'), 'sum') / MINUTE,
  };
}

/**
 * The rows of single hooks. Without data on single hooks, the rows show hook events. The percentiles are from the version that was executed
 * most often.
 */
function hooksIn(db: Database, span: Span): HookRow[] {
  const figures = figuresIn(db, span, { kinds: ['hook', 'hook_event'], metric: 'duration_ms' });
  const single = figures.filter(({ kind }) => kind === 'hook');
  const rows = new Map<string, HookRow & { most: number }>();
  for (const { name, plugin, n, failed, sum, p50, p95 } of single.length > 0 ? single : figures) {
    const key = `${plugin} ${name}`;
    const before = rows.get(key) ?? {
      plugin: plugin || null,
      name,
      runs: 0,
      failed: 0,
      p50_ms: p50,
      p95_ms: p95,
      total_ms: 0,
      most: 0,
    };
    const main = n > before.most ? { p50_ms: p50, p95_ms: p95, most: n } : {};
    rows.set(key, {
      ...before,
      ...main,
      runs: before.runs + n,
      failed: before.failed + failed,
      total_ms: before.total_ms + sum,
    });
  }
  return [...rows.values()].map(({ most: _, ...row }) => row);
}
