import { z } from 'zod';
import { sha256 } from '../../core/hash.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

const seriesSchema = z.object({
  /** The name of the series: the measured program, or the name that the user gave to it. */
  name: z.string(),
  metric: z.string(),
  unit: z.string(),
  lower_is_better: z.boolean(),
  /**
   * The first commit of the repository and the project's folder in the repository. Without a repository, the project is named by the path
   * of its folder.
   */
  project: z.string(),
  /** SHA-256 of the executed and measured parts of the contract; see `measuredBy`. */
  contract: z.string(),
  /** The kind of machine, described in words. */
  machine: z.string(),
  instrument: z.string(),
});

const measurementSchema = z.object({
  t: z.number(),
  arm: z.enum(['base', 'head', 'command']),
  /** The commit that was measured; null without a repository. */
  commit: z
    .object({ id: z.string().regex(/^[0-9a-f]{40,64}$/), time: z.number(), parent: z.string().nullable() })
    .nullable(),
  /** Whether the measured files differ from the commit. */
  dirty: z.boolean(),
  /** The path of the contract, relative to the project. Null if a command was measured without a contract. */
  file: z.string().nullable().default(null),
  values: z.array(z.number()).min(1),
  median: z.number(),
  ci95: z.tuple([z.number(), z.number()]).nullable(),
});

/** The key of a series. Values are comparable only if all fields of their keys are equal. */
export type BenchSeries = z.infer<typeof seriesSchema>;

/** One measurement of one arm of a comparison. Times are ms since 1970. `values` has at least one value, in the unit of the metric. */
export type BenchPoint = BenchSeries & z.infer<typeof measurementSchema>;

/** Adds measurements, which are kept forever. Returns the number of measurements that are new. */
export function addBench(db: Database, points: readonly BenchPoint[]): number {
  return inTransaction(db, () => {
    let added = 0;
    for (const point of points) {
      const { name, metric, unit, lower_is_better, project, contract, machine, instrument, ...rest } = point;
      const series = JSON.stringify({ name, metric, unit, lower_is_better, project, contract, machine, instrument });
      const key = sha256(JSON.stringify([series, rest.t, rest.arm, rest.commit?.id ?? null]));
      const data = JSON.stringify(rest);
      added += db.run(
        'INSERT OR IGNORE INTO bench_point (key, t, series, data) VALUES (?, ?, ?, ?)',
        key,
        rest.t,
        series,
        data,
      );
    }
    return added;
  });
}

/**
 * All measurements, the oldest first. Invalid rows are left out, because the store may come from a cache to which other people can write.
 */
export const benchIn = (db: Database): BenchPoint[] =>
  db.all('SELECT series, data FROM bench_point ORDER BY t, key').flatMap(({ series, data }) => {
    const [of, measured] = [parsed(seriesSchema, series), parsed(measurementSchema, data)];
    return of && measured ? [{ ...of, ...measured }] : [];
  });

function parsed<Value>(schema: z.ZodType<Value>, text: unknown): Value | null {
  try {
    return schema.safeParse(JSON.parse(String(text))).data ?? null;
  } catch {
    return null;
  }
}
