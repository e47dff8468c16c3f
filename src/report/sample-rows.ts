import { quantileSorted } from 'simple-statistics';
import type { Arms } from './story.ts';

/** One line of samples in a table or a figure. */
export type Row = { label: string; values: number[] };

export type Quartiles = { min: number; q1: number; median: number; q3: number; max: number };

/** Null for a row without samples. */
export function quartiles(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((q) => quantileSorted(sorted, q));
  return { min: min!, q1: q1!, median: median!, q3: q3!, max: max! };
}

export function armRows(arms: Arms): Row[] {
  return [
    { label: 'base', values: arms.base },
    { label: 'candidate', values: arms.candidate },
  ];
}
