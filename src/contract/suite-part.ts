import * as z from 'zod/mini';

/** A part of the benchmarks that a contract lists, for one host: `index` counts from 0 to `of` - 1. */
export const suitePart = z
  .object({ index: z.int().check(z.minimum(0)), of: z.int().check(z.minimum(1)) })
  .check(z.refine(({ index, of }) => index < of));
export type SuitePart = z.infer<typeof suitePart>;

export const wholeSuite: SuitePart = { index: 0, of: 1 };

/**
 * Returns whether a part holds the benchmark with this number. Neighbouring benchmarks go to different parts, because neighbours often
 * take equally long.
 */
export const holds = ({ index, of }: SuitePart, benchmark: number): boolean => benchmark % of === index;
