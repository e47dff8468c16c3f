import * as z from 'zod/mini';

/**
 * A part of the benchmarks that a contract lists, for one host. The suite is divided into `of` parts. `index` is the number of the part,
 * from 0.
 */
export const suitePart = z
  .object({ index: z.int().check(z.minimum(0)), of: z.int().check(z.minimum(1)) })
  .check(z.refine(({ index, of }) => index < of));
export type SuitePart = z.infer<typeof suitePart>;

/** The text for a part, such as `2/3` for the second of three parts. */
export const partText = ({ index, of }: SuitePart): string => `${index + 1}/${of}`;

export const wholeSuite: SuitePart = { index: 0, of: 1 };

/**
 * Whether a part contains the benchmark with this number. Successive benchmarks are in different parts, because they often have similar
 * durations, and all parts should take equally long.
 */
export const holds = ({ index, of }: SuitePart, benchmark: number): boolean => benchmark % of === index;
