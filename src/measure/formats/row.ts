/** One statistic of one benchmark, with the unit that the tool uses ('' for what has none, as a rate). */
export type Stat = { value: number; unit: string };

/**
 * One benchmark in the result of a tool; `name` as full as the tool has it, `main` the statistic that is meant when none
 * is asked for. Rows with equal names are repetitions: they are averaged.
 */
export type Row = { name: string; main: string; stats: Record<string, Stat> };

/** Reads the result of a tool. Anything that does not have the shape of that tool throws, or gives no rows. */
export type Format = (text: string) => Row[];

/** The finite numbers of an object as statistics of one unit; nested objects one level down as `latency.p99`. */
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

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
