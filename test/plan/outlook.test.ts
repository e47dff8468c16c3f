import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { alertsOf, type Watched } from '../../src/plan/alerts.ts';
import { inRealTime } from '../../src/plan/clock.ts';
import { timelineOf, usualDays } from '../../src/plan/timeline.ts';
import { alertsYaml } from '../../src/report/markdown/plan-outlook.ts';
import type { PlanClock, PlanStep } from '../../src/report/plan.ts';

const profiled = { total: 395, unit: 'ms', idle: 0, by: 'cprofile' };
const measured = { ms: 130, metric: 'wall_ms', waits: true };

it('applies the shares of a profile to the measured time', () => {
  const clock = { kind: 'measured', metric: 'wall_ms', profiled: { total: 395, unit: 'ms' } };
  expect(inRealTime(profiled, measured)).toEqual({ total: 130, unit: 'ms', waiting: 0, clock });
  expect(inRealTime({ ...profiled, total: 1834, unit: 'samples' }, measured)).toMatchObject({ total: 130, unit: 'ms' });
});

it('marks the profiler’s own time if no time was measured', () => {
  expect(inRealTime(profiled, null)).toMatchObject({ total: 395, clock: { kind: 'profiler' } });
  expect(inRealTime({ ...profiled, by: 'spans' }, measured)).toMatchObject({ total: 395, clock: { kind: 'program' } });
  expect(inRealTime({ ...profiled, unit: 'bytes' }, measured)).toMatchObject({ total: 395, clock: { kind: 'none' } });
});

it('counts waiting as part of wall time, and not of CPU time', () => {
  const half = { ...profiled, total: 100, idle: 300 };
  expect(inRealTime(half, { ...measured, ms: 200 })).toMatchObject({ total: 200, waiting: 150 });
  expect(inRealTime(half, { ...measured, ms: 50, waits: false })).toMatchObject({ total: 50, waiting: 0 });
  expect(inRealTime(half, null)).toMatchObject({ total: 400, waiting: 300 });
  expect(inRealTime({ ...half, idle: 1 }, null)).toMatchObject({ total: 100, waiting: 0 });
});

const step = (effort: PlanStep['effort'], more: Partial<PlanStep> = {}): PlanStep => ({
  id: 'one',
  cost: 10,
  gain: 5,
  assumed: true,
  quote: null,
  technique: null,
  what: null,
  why: null,
  effort,
  risk: null,
  measured: null,
  outcome: null,
  tried: [],
  left: 5,
  ...more,
});

it('puts open steps into the weeks in which they end; an unknown effort counts as medium', () => {
  const steps = [step('small'), step('large'), step(null, { outcome: 'rejected' }), step(null, { left: 4 })];
  expect(timelineOf(steps, usualDays)).toEqual([
    { week: 1, steps: [1], days: 0.5, left: 5 },
    { week: 2, steps: [2, 4], days: 7.5, left: 4 },
  ]);
  expect(timelineOf(steps, { small: 1, medium: 1, large: 1 })).toMatchObject([{ week: 1, steps: [1, 2, 4], days: 3 }]);
});

const components = [
  { id: 'load "a"\nqueries', cost: 65, share_pct: 65, total_share_pct: 65, expected: 32.5 },
  { id: 'kept', cost: 35, share_pct: 35, total_share_pct: 35, expected: 35 },
];
const plan = (clock: PlanClock, target: number | null = null) => ({
  title: 'Start of a task!',
  total: 100,
  unit: 'ms',
  clock,
  target,
  expected: 67.5,
  components,
});
const watched: Watched = {
  metric: 'latency',
  unit: 's',
  watchdogs: [
    { name: 'peak_rss_mb', unit: 'MB', median: 80, spread_pct: 1, lower_is_better: true, max_regression_pct: 10 },
    { name: 'rows_per_s', unit: '/s', median: 200, spread_pct: 1, lower_is_better: false, max_regression_pct: 5 },
  ],
};
const inBrief = (rules: ReturnType<typeof alertsOf>) => rules.map((r) => [r.metric, r.op, r.value, r.severity]);

it('makes rules for the total and the changed spans of a program that measures itself', () => {
  expect(inBrief(alertsOf(plan({ kind: 'program' }, 80), null))).toEqual([
    ['start_of_a_task_ms', '>', 80, 'warning'],
    ['start_of_a_task_ms', '>', 100, 'critical'],
    ['span.load "a"\nqueries', '>', 32.5, 'warning'],
  ]);
});

it('makes a rule for a surrounding span as the total, and not for its own part of the time', () => {
  const around = { id: 'task', cost: 10, share_pct: 10, total_share_pct: 100, expected: 5 };
  expect(inBrief(alertsOf({ ...plan({ kind: 'program' }), components: [...components, around] }, null))).toEqual([
    ['span.task', '>', 67.5, 'warning'],
    ['span.task', '>', 100, 'critical'],
    ['span.load "a"\nqueries', '>', 32.5, 'warning'],
  ]);
});

it('makes rules for the metric of a run in its own unit, and for its watchdogs at their tolerance', () => {
  const clock: PlanClock = { kind: 'measured', metric: 'latency', profiled: { total: 300, unit: 'ms' } };
  expect(inBrief(alertsOf(plan(clock), watched))).toEqual([
    ['latency', '>', 0.0675, 'warning'],
    ['latency', '>', 0.1, 'critical'],
    ['peak_rss_mb', '>', 88, 'warning'],
    ['rows_per_s', '<', 190, 'warning'],
  ]);
});

it('makes no rule for a profiler’s own time', () => {
  expect(alertsOf(plan({ kind: 'profiler' }), null)).toEqual([]);
  expect(parse(alertsYaml([]))).toEqual({ alerts: [] });
});

it('writes rules as YAML that reads back unchanged, each with all fields of a rule', () => {
  const rules = alertsOf(plan({ kind: 'program' }), watched);
  expect(parse(alertsYaml(rules))).toEqual({ alerts: rules });
  for (const rule of rules)
    expect(Object.keys(rule)).toEqual(
      'name metric agg by window op value for keep_firing_for min_samples severity'.split(' '),
    );
});
