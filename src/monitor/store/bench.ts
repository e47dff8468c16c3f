import { z } from 'zod';
import { sha256 } from '../../core/hash.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

const seriesSchema = z.object({
  /** The name of the series: the measured program, or a name that the user chose. */
  name: z.string(),
  metric: z.string(),
  unit: z.string(),
  lower_is_better: z.boolean(),
  /**
   * Identifies the project: the first commit of the repository, and the folder of the project in the repository. Without a repository, the
   * absolute path of the folder.
   */
  project: z.string(),
  /** SHA-256 of the parts of the contract that determine the measurement; see `measuredBy`. */
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

/** The key of a series of measurements. Two values are comparable only if their keys are equal in all fields. */
export type BenchSeries = z.infer<typeof seriesSchema>;

/** One measurement of one arm. Times are ms since 1970. `values` has at least one value, in the unit of the metric. */
export type BenchPoint = BenchSeries & z.infer<typeof measurementSchema>;

/** Adds measurements, which are never deleted. Returns the number of measurements that were not stored before. */
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
 * All measurements, the oldest first. Invalid rows are left out. They can occur, because the store can come from a CI cache to which other
 * people write.
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
