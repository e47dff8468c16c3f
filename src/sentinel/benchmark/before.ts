import type { Spread } from './grade.ts';

/** What is known of an earlier benchmark of a hook. `at`: ISO 8601; `p50` in ms. */
export type Last = { at: string; p50: number };

/** The benchmark of the same hook before this one. `at`: ISO 8601; `change_pct`: of the median time; `worse`: it is time to look. */
export type Before = { at: string; p50: number; change_pct: number; worse: boolean };

/** From this growth of the median on, in per cent, a hook got worse. */
const WORSE_PCT = 50;

/** Less than this, in ms, nobody feels. */
const FELT_MS = 5;

/**
 * A median that grew by more than 50 % and by what can be felt. On a busy machine some runs are slow: it counts only if the fastest run now is
 * slower than the median was.
 */
export function comparedWith(last: Last | null, { p50, min }: Spread): Before | null {
  if (last === null || last.p50 <= 0) return null;
  const change_pct = 100 * (p50 / last.p50 - 1);
  const worse = change_pct > WORSE_PCT && p50 - last.p50 >= FELT_MS && min > last.p50;
  return { at: last.at, p50: last.p50, change_pct, worse };
}
