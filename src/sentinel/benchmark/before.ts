import type { Spread } from './grade.ts';

/** The stored results of a hook's last benchmark: its time (ISO 8601), and the median in ms. */
export type Last = { at: string; p50: number };

/**
 * How the hook's median time changed since its previous benchmark. `at` (ISO 8601) and `p50` are those of the previous benchmark.
 * `change_pct`: the change of the median time. `worse`: the hook became clearly slower.
 */
export type Before = { at: string; p50: number; change_pct: number; worse: boolean };

/** A hook counts as worse only if its median grew by more than this percentage. */
const WORSE_PCT = 50;

/** The smallest difference, in ms, that a user can notice. */
const FELT_MS = 5;

/**
 * Compares a benchmark with the previous one. A hook got worse if three conditions are met: its median grew by more than 50 %, its median
 * grew by at least 5 ms, and its fastest execution is slower than the previous median. On a busy machine some executions are slow, so one
 * slow execution proves nothing.
 */
export function comparedWith(last: Last | null, { p50, min }: Spread): Before | null {
  if (last === null || last.p50 <= 0) return null;
  const change_pct = 100 * (p50 / last.p50 - 1);
  const worse = change_pct > WORSE_PCT && p50 - last.p50 >= FELT_MS && min > last.p50;
  return { at: last.at, p50: last.p50, change_pct, worse };
}
