import * as z from 'zod/mini';

const nullableNumber = z.nullable(z.number());

/**
 * The figures that instruments measure of an execution: times in ms, memory in KB (1024 bytes); null if the method cannot measure one.
 * Readings, metric sources and samples have these keys. A further figure needs a default, because old samples lack it.
 */
export const figures = {
  wall_ms: z.number(),
  user_ms: nullableNumber,
  sys_ms: nullableNumber,
  max_rss_kb: nullableNumber,
  /** The peak of all processes together; only if the job asks for it. */
  tree_rss_kb: z._default(nullableNumber, null),
  /** How long the main thread ran on a processor, and how long it waited for one. */
  main_run_ms: z._default(nullableNumber, null),
  main_delay_ms: z._default(nullableNumber, null),
  /** How long the helper waited for a processor before it could note the end: wall time is longer by this. */
  end_delay_ms: z._default(nullableNumber, null),
};

const schema = z.object(figures);
export type Figures = z.infer<typeof schema>;

/** The name of a figure. */
export type FigureName = keyof Figures;

const names = Object.keys(figures) as FigureName[];

/** The figures that a reading has: those that its method can measure here. */
export const seenIn = (reading: Figures): FigureName[] => names.filter((name) => (reading[name] ?? null) !== null);

/** Picks the figures from a larger object. A missing figure is null. */
export const figuresOf = (from: Figures): Figures =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as Figures;

/** The figures of a program that never ran. */
export const noFigures = figuresOf({ wall_ms: 0 } as Figures);
