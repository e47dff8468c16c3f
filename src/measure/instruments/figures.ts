import * as z from 'zod/mini';

const nullableNumber = z.nullable(z.number());

/**
 * The figures that instruments measure in an execution: times in ms, memory in KB (1024 bytes). A figure is null if the method cannot
 * measure it. Readings, metric sources and samples have these keys. A new figure needs a default value, because old samples lack the
 * figure.
 */
export const figures = {
  wall_ms: z.number(),
  user_ms: nullableNumber,
  sys_ms: nullableNumber,
  max_rss_kb: nullableNumber,
  /** The peak memory of all processes together; measured only if the job names a method (`tree`). */
  tree_rss_kb: z._default(nullableNumber, null),
  /** How long the main thread ran on a processor, and how long it waited for one. */
  main_run_ms: z._default(nullableNumber, null),
  main_delay_ms: z._default(nullableNumber, null),
  /** How long the helper waited for a processor before it could note the program's end. Wall time includes this delay. */
  end_delay_ms: z._default(nullableNumber, null),
};

const schema = z.object(figures);
export type Figures = z.infer<typeof schema>;

/** The name of a figure. */
export type FigureName = keyof Figures;

const names = Object.keys(figures) as FigureName[];

/** The figures that have a value in a reading. These are the figures that the method can measure on this machine. */
export const seenIn = (reading: Figures): FigureName[] => names.filter((name) => (reading[name] ?? null) !== null);

/** Picks the figures from a larger object. A missing figure is null. */
export const figuresOf = (from: Figures): Figures =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as Figures;

/** The figures of a program that never ran. */
export const noFigures = figuresOf({ wall_ms: 0 } as Figures);
