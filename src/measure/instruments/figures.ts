import * as z from 'zod/mini';

const nullableNumber = z.nullable(z.number());

/**
 * The numbers (figures) that instruments measure in an execution: times in ms, memory in KB (1024 bytes). A figure is null if the method
 * cannot measure it. Readings, samples and the sources of metrics call the figures by the names below. A new figure needs a default value,
 * because samples of older versions do not have it.
 */
export const figures = {
  wall_ms: z.number(),
  user_ms: nullableNumber,
  sys_ms: nullableNumber,
  max_rss_kb: nullableNumber,
  /** The peak memory of all processes together. Measured only if the field `tree` of the `Job` is set. */
  tree_rss_kb: z._default(nullableNumber, null),
  /** How long the main thread ran on a processor (`main_run_ms`), and how long it waited for a processor (`main_delay_ms`). */
  main_run_ms: z._default(nullableNumber, null),
  main_delay_ms: z._default(nullableNumber, null),
  /** How long the helper waited for a processor before it could note the program's end. Wall time includes this delay. */
  end_delay_ms: z._default(nullableNumber, null),
};

const schema = z.object(figures);
export type Figures = z.infer<typeof schema>;

export type FigureName = keyof Figures;

const names = Object.keys(figures) as FigureName[];

/** The names of the figures that are not null in a reading. These are the figures that the method can measure on this machine. */
export const seenIn = (reading: Figures): FigureName[] => names.filter((name) => (reading[name] ?? null) !== null);

/** Picks the figures from a larger object. A missing figure is null. */
export const figuresOf = (from: Figures): Figures =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as Figures;

/** The figures of a program that was never started: 0 ms of wall time, and null for all others. */
export const noFigures = figuresOf({ wall_ms: 0 } as Figures);
