import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';

/**
 * The measured speed of a machine: the median time of a loop in ms, and the spread of this time in per cent. The spread is null if it is
 * unknown.
 */
export type Speed = { loop_ms: number; spread_pct: number | null; at: string };

/** If the loop's time has changed by this percentage, new results are not comparable with earlier results. */
const DRIFT_PCT = 5;

/**
 * Describes how much the speed of a machine changed since its first check. Null if the change is at most `DRIFT_PCT`, or at most the spread
 * of one of the two measurements.
 */
export function drifted(then: Speed, now: Speed): string | null {
  const change = 100 * (now.loop_ms / then.loop_ms - 1);
  const noise = Math.max(then.spread_pct ?? 0, now.spread_pct ?? 0);
  if (Math.abs(change) <= Math.max(DRIFT_PCT, noise)) return null;
  const sign = change > 0 ? 'slower' : 'faster';
  return `its speed changed: the test loop of \`perf-gate doctor\` takes ${quantity(now.loop_ms, 'ms')}, ${percent(Math.abs(change))} ${sign} than on ${then.at.slice(0, 10)} (${quantity(then.loop_ms, 'ms')})`;
}
