/**
 * One statistic of one benchmark, in the unit of the tool; '' for a number without unit, such as a count. `samples`: the measurements behind
 * it, in the same unit and in the order of the file, not checked yet; absent if the tool writes only the statistic.
 */
export type Stat = { value: number; unit: string; samples?: readonly unknown[] };

/** One benchmark in the result of a tool. Rows with the same name and the same `among` are repetitions. */
export type Row = {
  /** The full name in the tool. */
  name: string;
  /** The name as the file spells it, if that differs. */
  spelled?: string;
  /** Parts that distinguish benchmarks of the same name: a package, a mode, parameters such as `size=10`. */
  among?: readonly string[];
  /** The statistic that is read by default. */
  main: string;
  stats: Record<string, Stat>;
  /** How a run failed. A failed run has no value, so `stats` holds only facts about the failure, such as its count. */
  failed?: string;
};

/** The content of a result file: its text, and the parsed JSON; `json` is undefined if the text is not JSON. */
export type Content = { text: string; json: unknown };

/** A result format of one tool. */
export type Format = {
  /** The tool, and its option that writes this file. */
  writtenBy: string;
  /** Advice on samples: the tool's option that writes them, or a workaround if the tool never writes any. */
  samples: string;
  /** Whether the content has this form, by its structure. It may throw on any other form. */
  fits(content: Content): boolean;
  /** Throws any error, or returns no rows, for another form. */
  read(content: Content): Row[];
};

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

/** The statistic of these samples: the tool's value, else their mean. */
export function sampled(samples: readonly unknown[], unit: string, value?: number): Stat {
  return { value: value ?? mean(samples as number[]), unit, samples };
}

/** The arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value at a key of an object; undefined for anything else. */
export const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** The objects of the list at a key, or of the value itself without a key. */
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

/** With a larger share of failed answers, a run of a load generator is no measurement: the time of a failure means nothing. */
const failedShare = 0.001;

/** Returns `12 of 500 answers …` if too many failed, else undefined. */
export function failedAnswers(failed: number, all: number, how: string): string | undefined {
  return failed > failedShare * all ? `${failed} of ${all} answers ${how}` : undefined;
}
