import { quantileSorted } from 'simple-statistics';
import type { Arms, Terms } from './story/story.ts';

/** One line of samples in a table or a figure, in the metric's unit. */
export type Row = { label: string; values: number[] };

export type Quartiles = { min: number; q1: number; median: number; q3: number; max: number };

/** The value that the candidate had to reach, in the metric's unit, and the threshold in words. */
export type ThresholdLine = { value: number; text: string };

export function armRows(arms: Arms): Row[] {
  return [
    { label: 'base', values: arms.base },
    { label: 'candidate', values: arms.candidate },
  ];
}

/** Null without samples. */
export function quartiles(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((q) => quantileSorted(sorted, q));
  return { min: min!, q1: q1!, median: median!, q3: q3!, max: max! };
}

/**
 * The value that the candidate had to reach, counted from the median of the base. If the contract requires a percentage and an amount, the
 * line is at the stricter of the two. Null if there is no base or no threshold.
 */
export function thresholdLine(arms: Arms, terms: Terms): ThresholdLine | null {
  const base = quartiles(arms.base)?.median ?? null;
  const { threshold_pct, threshold_absolute, primary, threshold } = terms;
  if (base === null) return null;
  const gains: number[] = [];
  if (threshold_pct !== null) gains.push((Math.abs(base) * threshold_pct) / 100);
  if (threshold_absolute !== null) gains.push(threshold_absolute);
  if (gains.length === 0) return null;
  const gain = Math.max(...gains);
  return { value: primary.lower_is_better ? base - gain : base + gain, text: threshold };
}
