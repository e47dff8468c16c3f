import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';

/** How fast a machine was once: the median of a loop in ms, its spread from run to run in per cent (null: unknown), and when. */
export type Speed = { loop_ms: number; spread_pct: number | null; at: string };

/** A machine whose loop takes so much more or less time, per cent, is another one: its figures do not go with earlier ones. */
const DRIFT_PCT = 5;

/** How a machine drifted since, in words; null where it did not, as far as the spread allows to tell. */
export function drifted(then: Speed, now: Speed): string | null {
  const change = 100 * (now.loop_ms / then.loop_ms - 1);
  const noise = Math.max(then.spread_pct ?? 0, now.spread_pct ?? 0);
  if (Math.abs(change) <= Math.max(DRIFT_PCT, noise)) return null;
  const sign = change > 0 ? 'slower' : 'faster';
  return `it drifted: the loop of doctor takes ${quantity(now.loop_ms, 'ms')}, ${percent(Math.abs(change))} ${sign} than the ${quantity(then.loop_ms, 'ms')} of ${then.at.slice(0, 10)}`;
}
