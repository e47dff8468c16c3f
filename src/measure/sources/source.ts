import type { FigureName } from '../instruments/figures.ts';
import type { Usage } from '../sessions/execute.ts';

/** What an execution left behind; numbers are read from it. */
export type Traces = {
  usage: Usage;
  stdout: string;
  /** Working directory of the execution: files and globs are relative to it. */
  cwd: string;
  /** Stamps (`stampsOf`) of the files to be read, taken before the execution; undefined for a file that did not exist. */
  before: ReadonlyMap<string, string | undefined>;
};

/** A number that was not found: what was looked for, and what was found instead. */
export type Absence = { expected: string; found: string };

export function isAbsence(x: unknown): x is Absence {
  return typeof x === 'object' && x !== null && 'expected' in x && 'found' in x;
}

/** A number that was printed several times with different values: it is unclear which value counts. */
export type Twice = { first: string; last: string };

/** A source that a contract gives as one word. */
type Named = {
  /** What it measures, for the reference of the contract. */
  about: string;
  /** The unit of its numbers; '' for a count. */
  unit: string;
  /** The commands that offer it by its name: `measure --metric NAME=cpu`, `compare --primary cpu`. */
  offeredBy: readonly ('measure' | 'compare')[];
};

/**
 * A source that the instrument measures in every execution. `needs`: the figures that it is made of, those that few instruments see last.
 * `read` gives null where the instrument does not see it.
 */
export type MeasuredSource = Named & {
  needs: readonly FigureName[];
  /** Why an execution may lack it although the instrument sees it. */
  lacking?: string;
  read(usage: Usage): number | null;
};

/** A source that another program counts, in an execution of its own. That program leaves its counts in files. */
export type CountedSource = Named & {
  /** The program that runs the command, with its options; `dir` is an empty folder for the counts. */
  launcher(dir: string): [string, ...string[]];
  read(dir: string): number | Absence;
};

/** One key of a mapping. The schema of the contract, its reference and the types of sources are made from these. */
export type Field =
  /** A fixed word, which tells this mapping from others. */
  | { is: string }
  | { oneOf: readonly string[]; about: string; default?: string; example?: string }
  /** Text that holds a key with dots, a regular expression, or a path or glob relative to where the command runs. */
  | { holds: 'key' | 'pattern' | 'path'; about: string; example?: string; optional?: true };

type Fields = Record<string, Field>;
type ValueOf<F> = F extends { is: infer W } ? W : F extends { oneOf: readonly (infer W)[] } ? W : string;
type OptionalIn<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];

/** The mapping that these fields describe, as the contract holds it. */
export type MappingOf<F> = { -readonly [K in Exclude<keyof F, OptionalIn<F>>]: ValueOf<F[K]> } & {
  -readonly [K in OptionalIn<F>]?: ValueOf<F[K]>;
};

/** A source that a contract gives as a mapping, such as `{ stdout: json, key: latency.p95 }`. */
export type MappedSource<F extends Fields = Fields> = {
  /** What it reads, for the reference of the contract. */
  about: string;
  fields: F;
  /** The unit of its numbers; '' where the command decides. */
  unit: string;
  /** The same code always gives the same number. */
  deterministic?: true;
  /** How `measure --metric NAME=…` spells it, such as `json:KEY`: the text fills the field that has neither fixed word nor default. */
  argument?: { word: string; placeholder: string };
  /** Reads the number, in the unit of the metric. */
  read(source: MappingOf<F>, traces: Traces, unit: string): number | Absence | Twice | Promise<number | Absence>;
};

/** Declares a mapping. Its `read` sees the type that the fields describe; outside, all mappings have one type. */
export const mapping = <const F extends Fields>(row: MappedSource<F>) =>
  row as unknown as Omit<MappedSource, 'fields'> & { fields: F };

export const key = {
  holds: 'key',
  about: 'Where the number stands, with dots between the keys.',
  example: 'latency.p95',
} as const satisfies Field;

export const pattern = {
  holds: 'pattern',
  about: 'A regular expression; its first group is the number.',
  example: 'p95=([0-9.]+)',
} as const satisfies Field;

export const file = {
  holds: 'path',
  about: 'A file that the command writes, relative to where it runs.',
  example: 'out.json',
} as const satisfies Field;
