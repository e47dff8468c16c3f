import { medianInterval } from '../../src/stats/median-interval.ts';
import { median } from '../../src/stats/robust.ts';

/** A median with its distribution-free 95 % interval, which needs at least six values. */
export type Figure = { median: number; low: number; high: number };

export function figureOf(values: readonly number[]): Figure {
  const [low, high] = medianInterval(values) ?? [Number.NaN, Number.NaN];
  return { median: median([...values]), low, high };
}

/** The median of the ratios of each round to the reference's value in the same round. */
export const ratioOf = (values: readonly number[], reference: readonly number[]): Figure =>
  figureOf(values.map((value, i) => value / reference[i]!));

/** `1.42 [1.40, 1.45]` */
export function shown({ median, low, high }: Figure, digits = 2): string {
  return `${median.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
