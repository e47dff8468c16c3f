/**
 * One statistic of one benchmark, in the unit of the tool; '' for a number without unit, such as a count. `samples`: the measurements behind
 * it, in the same unit and in the order of the file, not checked yet; absent where the tool writes the statistic alone.
 */
export type Stat = { value: number; unit: string; samples?: readonly unknown[] };

/** One benchmark in the result of a tool. Rows of one name and one `among` are repetitions. */
export type Row = {
  /** Its full name in the tool. */
  name: string;
  /** The name as the file spells it, where that differs. */
  spelled?: string;
  /** What tells benchmarks of one name apart: a package, a mode, parameters such as `size=10`. */
  among?: readonly string[];
  /** The statistic that is read when none is asked for. */
  main: string;
  stats: Record<string, Stat>;
  /** How a run of it failed. A failed run has no value: then `stats` holds only what tells of the failure, such as its count. */
  failed?: string;
};

/** The content of a result file: its text, and the same as JSON; `json` is undefined where the text is none. */
export type Content = { text: string; json: unknown };

/** A form of results that one tool writes. */
export type Format = {
  /** The tool, and how it is asked for this file. */
  writtenBy: string;
  /** Where it writes samples: how to ask for them; where it never does: what to do instead. */
  samples: string;
  /** Whether the content has this form, by its structure. It may throw on any other form. */
  fits(content: Content): boolean;
  /** Throws any error, or gives no rows, on another form. */
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

/** The statistic of these samples: what the tool says, else their mean. */
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

/** The objects of the list at a key, or of the value itself where no key is given. */
export function listAt(value: unknown, key?: string): object[] {
  const list = key === undefined ? value : field(value, key);
  return Array.isArray(list) ? list.filter((v) => typeof v === 'object' && v !== null) : [];
}

/** The objects of a text with one JSON object a line. Throws on a line that is none. */
export const jsonLines = (text: string): object[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as object);

/** Whether the first line of a text is a JSON object with this key: a stream of objects, one a line. */
export function firstLineHas(text: string, key: string): boolean {
  const first = text.trimStart().split('\n', 1)[0] ?? '';
  return first.startsWith('{') && first.trimEnd().endsWith('}') && field(JSON.parse(first), key) !== undefined;
}

/** Of which share of the answers failed a run of a load generator is no measurement: failures are fast, or slow, as they like. */
const failedShare = 0.001;

/** `12 of 500 answers …`, where too many failed. */
export function failedAnswers(failed: number, all: number, how: string): string | undefined {
  return failed > failedShare * all ? `${failed} of ${all} answers ${how}` : undefined;
}
