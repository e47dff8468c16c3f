import { mean, quantile, sampleStandardDeviation } from 'simple-statistics';
import type { Run } from '../dry-run/execution.ts';
import { didItsWork, type Outcome, outcomes } from '../dry-run/outcome.ts';

/** Times in ms. `p95`: 95 of 100 took no longer. */
export type Spread = { mean: number; sd: number; min: number; max: number; p50: number; p95: number; p99: number };

/**
 * The time limits in ms for one execution alone and under load, and the share of executions that must succeed. Users notice a wait of 100
 * ms, but not of 50 ms.
 */
export const targets = { usual_ms: 100, stretch_ms: 50, load_ms: 200, success: 0.8 } as const;

/** Statistics of one hook's executions. Shares and rates from 0 to 1. */
export type Figures = {
  wall: Spread;
  /** The share of executions within each time limit. */
  within_usual: number;
  within_stretch: number;
  /** The share of executions that did their work. */
  success: number;
  /** The share of executions that printed something on stdout or stderr. */
  feedback: number;
  /**
   * How equal the times of the executions are, from 0 to 1. 1: all executions take the same time. 0: the standard deviation is as large as
   * the mean.
   */
  consistency: number;
};

/** @param runs at least one execution @param good the outcomes that count as success */
export function figuresOf(runs: readonly Run[], good: readonly Outcome[] = outcomes.filter(didItsWork)): Figures {
  const walls = runs.map(({ wall_ms }) => wall_ms);
  const share = (holds: (run: Run) => boolean) => runs.filter(holds).length / runs.length;
  const wall = spreadOf(walls);
  return {
    wall,
    within_usual: share(({ wall_ms }) => wall_ms <= targets.usual_ms),
    within_stretch: share(({ wall_ms }) => wall_ms <= targets.stretch_ms),
    success: share(({ outcome }) => good.includes(outcome)),
    feedback: share(({ stdout_bytes, stderr_bytes }) => stdout_bytes + stderr_bytes > 0),
    consistency: wall.mean > 0 ? Math.max(0, 1 - wall.sd / wall.mean) : 1,
  };
}

export function spreadOf(values: readonly number[]): Spread {
  const all = [...values];
  const [p50, p95, p99] = quantile(all, [0.5, 0.95, 0.99]) as [number, number, number];
  const sd = all.length < 2 ? 0 : sampleStandardDeviation(all);
  return { mean: mean(all), sd, min: Math.min(...all), max: Math.max(...all), p50, p95, p99 };
}

/**
 * A score from 0 to 100: 100 − 40 · share over 100 ms − 15 · share over 50 ms − 25 · min(1, (1 − success) ÷ 0.2) − 10 · (1 − consistency).
 * Another 10 points are subtracted if the p95 under load is over 200 ms.
 */
export function pointsOf(alone: Figures, load: Figures | null): number {
  const failing = Math.min(1, (1 - alone.success) / (1 - targets.success));
  const slowUnderLoad = load !== null && load.wall.p95 > targets.load_ms;
  const lost =
    40 * (1 - alone.within_usual) +
    15 * (1 - alone.within_stretch) +
    25 * failing +
    10 * (1 - alone.consistency) +
    (slowUnderLoad ? 10 : 0);
  return Math.round(100 - lost);
}
