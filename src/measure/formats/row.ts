/**
 * One statistic of one benchmark, in the tool's unit. A number without a unit, such as a count, has the unit ''. `samples`: the samples
 * from which the tool computed the statistic, in the same unit and in the order of the file. They are not checked yet. Absent if the tool
 * writes only the statistic.
 */
export type Stat = { value: number; unit: string; samples?: readonly unknown[] };

/** One benchmark in the result of a tool. Rows with the same name and the same `among` are repetitions. */
export type Row = {
  /** The full name that the tool gives to the benchmark. */
  name: string;
  /** The benchmark's name as it is written in the file, if it differs from `name`. */
  spelled?: string;
  /** Parts that distinguish benchmarks of the same name: a package, a mode, parameters such as `size=10`. */
  among?: readonly string[];
  /** The name of the statistic that is read if the user's key names no statistic. */
  main: string;
  stats: Record<string, Stat>;
  /**
   * How the benchmark failed. A failed benchmark has no samples, so `stats` holds only facts about the failure, such as the number of
   * failed requests.
   */
  failed?: string;
};

/** The content of a result file, as text and as parsed JSON. `json` is undefined if the text is not JSON. */
export type Content = { text: string; json: unknown };

/** A result format of one tool. */
export type Format = {
  /** The tool, and the option with which it writes this format. */
  writtenBy: string;
  /** Advice for a user whose file has no samples: the tool's option that writes samples, or another way to get them. */
  samples: string;
  /** Whether the structure of the content is that of this format. Can throw an error if the content has another format. */
  fits(content: Content): boolean;
  /** Reads the benchmarks. If the content has another format, throws an error of any kind or returns no rows. */
  read(content: Content): Row[];
};

/** The finite numbers of an object as statistics, all in the given unit. Numbers of a nested object get names with a dot: `latency.p99`. */
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

/** A statistic with its samples. Its value is the number that the tool computed, or else the mean of the samples. */
export function sampled(samples: readonly unknown[], unit: string, value?: number): Stat {
  return { value: value ?? mean(samples as number[]), unit, samples };
}

/** The arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value at a key of an object. Undefined if the value is no object or has no such key. */
export const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** The objects in the list at `key`. Without `key`, `value` itself is the list. */
export function listAt(value: unknown, key?: string): object[] {
  const list = key === undefined ? value : field(value, key);
  return Array.isArray(list) ? list.filter((v) => typeof v === 'object' && v !== null) : [];
}

/** The objects of a text with one JSON object per line. @throws SyntaxError for a line that is not JSON */
export const jsonLines = (text: string): object[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as object);

/** Whether the first line of a text is a JSON object with this key, as in a stream of one object per line. */
export function firstLineHas(text: string, key: string): boolean {
  const first = text.trimStart().split('\n', 1)[0] ?? '';
  return first.startsWith('{') && first.trimEnd().endsWith('}') && field(JSON.parse(first), key) !== undefined;
}

/**
 * The largest allowed share of failed requests. If more requests failed, the result of the load generator is not used, because the times of
 * failed requests say nothing about the speed of the program.
 */
const failedShare = 0.001;

/** A description of the failure, such as `12 of 500 answers …`, if too many requests failed. Otherwise undefined. */
export function failedAnswers(failed: number, all: number, how: string): string | undefined {
  return failed > failedShare * all ? `${failed} of ${all} answers ${how}` : undefined;
}
