/** One statistic of one benchmark, in the unit of the tool; '' for a number without unit, such as a rate. */
export type Stat = { value: number; unit: string };

/**
 * One benchmark in the result of a tool. `name`: its full name in the tool. `main`: the statistic that is read when none is asked for.
 * Rows with equal names are repetitions, and are averaged.
 */
export type Row = { name: string; main: string; stats: Record<string, Stat> };

/** Reads the result of a tool. Throws any error, or returns no rows, if the text has another shape. */
export type Format = (text: string) => Row[];

/** The finite numbers of an object as statistics of one unit. Numbers one level deeper are named with a dot: `latency.p99`. */
export function statsOf(object: unknown, unit: string, prefix = ''): Record<string, Stat> {
  const stats: Record<string, Stat> = {};
  for (const [key, value] of Object.entries(object ?? {})) {
    if (typeof value === 'number' && Number.isFinite(value)) stats[prefix + key] = { value, unit };
    else if (prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      Object.assign(stats, statsOf(value, unit, `${key}.`));
    }
  }
  return stats;
}

/** The arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
