import { milliseconds as ms } from '../words.ts';
import type { Before } from './before.ts';
import { type Figures, type Spread, targets } from './grade.ts';

/** Times as text: `342 ms ± 28 ms, 298 ms to 412 ms; p50 338 ms, p95 389 ms, p99 407 ms`. */
export const spreadWords = ({ mean, sd, min, max, p50, p95, p99 }: Spread): string =>
  `${ms(mean)} ± ${ms(sd)}, ${ms(min)} to ${ms(max)}; p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`;

/** `80 %`. */
export const share = (part: number) => `${Math.round(100 * part)} %`;

/** The share of executions that met the time limits, and the share of executions that did their work. */
export const targetWords = ({ within_usual, within_stretch, success }: Figures): string =>
  `${share(within_usual)} of executions within ${targets.usual_ms} ms, ${share(within_stretch)} within ${targets.stretch_ms} ms; ${share(success)} of executions did their work, and the target for this share is ${share(targets.success)}`;

/** The percentiles and the success rate under load. */
export const loadWords = ({ wall: { p50, p95, p99 }, success }: Figures): string =>
  `p50 ${ms(p50)}, p95 ${ms(p95)} (target ${targets.load_ms} ms), p99 ${ms(p99)}; ${share(success)} of executions did their work`;

/** `20 ok`, `18 ok, 2 blocked`. */
export const outcomeWords = (outcomes: Readonly<Record<string, number>>): string =>
  Object.entries(outcomes)
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, n]) => `${n} ${outcome.replace('_', ' ')}`)
    .join(', ');

/** `p50 120 ms (2026-01-28), now +100 %`. */
export const beforeWords = ({ at, p50, change_pct }: Before): string =>
  `p50 ${ms(p50)} (${at.slice(0, 10)}), now ${change_pct < 0 ? '−' : '+'}${Math.abs(Math.round(change_pct))} %`;
