import { areAlike, convert } from '../core/units.ts';
import { attemptsOf, baselineOf, contractOf } from '../record/history.ts';
import { lastStep, type RunState, stepsOf } from '../record/state.ts';
import type { PlanClock } from '../report/plan.ts';

/**
 * The total of a profile, and the waiting time in the profile. `idle`: the waiting time, which is not part of `total`. `by`: the profiler
 * or the format.
 */
export type Profiled = { total: number; unit: string; idle: number; by: string };

/**
 * A time in ms that was measured without a profiler. `metric`: null if the user gave the time. `waits`: whether the time includes waiting.
 */
export type Measured = { ms: number; metric: string | null; waits: boolean };

/**
 * The total time, and the part of it in which the program waited. Both are real times if a real time is known, else the profiler's times.
 */
export type Timed = { total: number; unit: string; waiting: number; clock: PlanClock };

/**
 * The formats of times that the measured program writes itself, such as its spans. These times are real, because no profiler slows the
 * program down.
 */
const byProgram = /\b(spans|server-timing|otlp|explain)/;

/** Waiting time is counted if it is at least this share of the whole time (0 to 1). */
const LEAST_WAITING = 0.05;

/**
 * Converts a profiler's time into real time. A profiler slows programs down, and slows their calls more than their loops. The shares of the
 * profile are therefore applied to the measured time. Without a measured time, the profiler's own time is kept and marked as such.
 */
export function inRealTime({ total, unit, idle, by }: Profiled, measured: Measured | null): Timed {
  if (unit !== 'ms' && unit !== 'samples') return { total, unit, waiting: 0, clock: { kind: 'none' } };
  const isWaiting = idle >= LEAST_WAITING * (total + idle) && measured?.waits !== false;
  const whole = total + (isWaiting ? idle : 0);
  const waiting = isWaiting ? idle : 0;
  if (measured && (measured.metric === null || !byProgram.test(by))) {
    const { ms, metric } = measured;
    const clock: PlanClock = { kind: 'measured', metric, profiled: { total: whole, unit } };
    return { total: ms, unit: 'ms', waiting: (waiting * ms) / whole, clock };
  }
  return { total: whole, unit, waiting, clock: { kind: byProgram.test(by) ? 'program' : 'profiler' } };
}

/** Metric sources that time the whole command, as a profile does. `waits`: whether these times include waiting. */
const clocks: Record<string, { waits: boolean }> = {
  wall: { waits: true },
  undelayed_wall: { waits: true },
  cpu: { waits: false },
  user_cpu: { waits: false },
};

/**
 * The time of the profiled command without a profiler. This is the median after the last change that was kept before the profile, or else
 * the median of the baseline. Null if the primary metric is no time of the command.
 */
export function measuredIn(state: RunState): Measured | null {
  const { name, unit, source } = contractOf(state).metrics.primary;
  const clock = typeof source === 'string' ? clocks[source] : undefined;
  const profile = lastStep(state, 'profile');
  if (!clock || !profile || !lastStep(state, 'baseline') || !areAlike(unit, 'ms')) return null;
  const judged = new Map(stepsOf(state, 'verdict').map((step) => [step.attempt, step.at]));
  const last = attemptsOf(state).findLast((a) => a.kept && a.primary && judged.get(a.attempt)! <= profile.at);
  const value = last?.primary?.candidate ?? baselineOf(state).baseline;
  return { ms: convert(value, unit, 'ms'), metric: name, ...clock };
}
