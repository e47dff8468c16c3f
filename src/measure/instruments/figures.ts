import * as z from 'zod/mini';

const nullableNumber = z.nullable(z.number());

/**
 * What instruments measure of an execution: times in ms, memory in KB (1024 bytes); null where the method cannot see it. Readings,
 * metric sources and samples have these keys. A further figure needs a default, because old samples lack it.
 */
export const figures = {
  wall_ms: z.number(),
  user_ms: nullableNumber,
  sys_ms: nullableNumber,
  max_rss_kb: nullableNumber,
  /** The peak of all processes together; only where the job asks for it. */
  tree_rss_kb: z._default(nullableNumber, null),
  /** How long the main thread was on a processor, and how long it waited for one. */
  main_run_ms: z._default(nullableNumber, null),
  main_delay_ms: z._default(nullableNumber, null),
  /** How long the helper waited for a processor, when it was to note the end: wall time is longer by that. */
  end_delay_ms: z._default(nullableNumber, null),
};

const schema = z.object(figures);
export type Figures = z.infer<typeof schema>;

/** The name of a figure. */
export type FigureName = keyof Figures;

const names = Object.keys(figures) as FigureName[];

/** The figures that a reading has: what its method sees here. */
export const seenIn = (reading: Figures): FigureName[] => names.filter((name) => (reading[name] ?? null) !== null);

/** The figures alone, of whatever else has them. A figure that is missing is null. */
export const figuresOf = (from: Figures): Figures =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as Figures;

/** The figures of a program that never ran. */
export const noFigures = figuresOf({ wall_ms: 0 } as Figures);
