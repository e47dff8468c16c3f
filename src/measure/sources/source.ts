import type { FigureName } from '../instruments/figures.ts';
import type { Usage } from '../sessions/execute.ts';

/** The results of an execution, from which perf-gate reads the numbers of the metrics. */
export type Traces = {
  usage: Usage;
  stdout: string;
  /** Working directory of the execution: files and globs are relative to it. */
  cwd: string;
  /** Stamps (`stampsOf`) of the files to be read, taken before the execution. Undefined for a file that did not exist. */
  before: ReadonlyMap<string, string | undefined>;
};

/** The description of a missing number. `expected` describes the number, and `found` describes what was found instead. */
export type Absence = { expected: string; found: string };

export function isAbsence(x: unknown): x is Absence {
  return typeof x === 'object' && x !== null && 'expected' in x && 'found' in x;
}

/** A number that was printed several times with different values, so that it is unclear which value counts. */
export type Twice = { first: string; last: string };

/** A source that is written as one word in a contract, such as `cpu`. */
type Named = {
  /** A description of what the source measures, for the reference of the contract. */
  about: string;
  /** The unit of the source's numbers; '' for a count. */
  unit: string;
  /** The commands that accept the source's name: `measure --metric NAME=cpu`, `compare --primary cpu`. */
  offeredBy: readonly ('measure' | 'compare')[];
};

/**
 * A source that the instrument measures in every execution. `needs`: the figures that the source is computed from. Figures that few
 * instruments can measure come last. `read` returns null if the instrument cannot measure the source.
 */
export type MeasuredSource = Named & {
  needs: readonly FigureName[];
  /** Why the number can be missing although the instrument can measure the source, for example because the command was too short. */
  lacking?: string;
  read(usage: Usage): number | null;
};

/** A source that a counting program measures, in an execution of its own. The counting program writes its counts to files. */
export type CountedSource = Named & {
  /** The command line of the counting program, which runs the measured command. `dir`: an empty folder for the counts. */
  launcher(dir: string): [string, ...string[]];
  read(dir: string): number | Absence;
};

/**
 * One key of a YAML mapping that describes a source. The contract's schema, its reference and the sources' types are generated from these
 * fields.
 */
export type Field =
  /** A fixed word, by which perf-gate recognises the kind of mapping. */
  | { is: string }
  | { oneOf: readonly string[]; about: string; default?: string; example?: string }
  /** Text that holds a key with dots, a regular expression, or a path or glob relative to the command's working directory. */
  | { holds: 'key' | 'pattern' | 'path'; about: string; example?: string; optional?: true };

type Fields = Record<string, Field>;
type ValueOf<F> = F extends { is: infer W } ? W : F extends { oneOf: readonly (infer W)[] } ? W : string;
type OptionalIn<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];

/** The type of the mapping that the fields describe, as written in the contract. */
export type MappingOf<F> = { -readonly [K in Exclude<keyof F, OptionalIn<F>>]: ValueOf<F[K]> } & {
  -readonly [K in OptionalIn<F>]?: ValueOf<F[K]>;
};

/** A source that a contract gives as a mapping, such as `{ stdout: json, key: latency.p95 }`. */
export type MappedSource<F extends Fields = Fields> = {
  /** A description of what the source reads, for the reference of the contract. */
  about: string;
  fields: F;
  /** The unit of the source's numbers; '' if the command decides the unit. */
  unit: string;
  /** Whether the same code always gives the same number. */
  deterministic?: true;
  /**
   * How a user writes this source in `measure --metric NAME=…`, such as `json:KEY`. The text after the colon is the value of one field. All
   * other fields have a fixed word or a default.
   */
  argument?: { word: string; placeholder: string };
  /** Reads the number, in the unit of the metric. */
  read(source: MappingOf<F>, traces: Traces, unit: string): number | Absence | Twice | Promise<number | Absence>;
};

/**
 * Declares a source that a contract gives as a mapping. Inside `read`, the mapping has the type that the fields describe. Callers see the
 * same type for every source, so that they can treat all sources alike.
 */
export const mapping = <const F extends Fields>(row: MappedSource<F>) =>
  row as unknown as Omit<MappedSource, 'fields'> & { fields: F };

export const key = {
  holds: 'key',
  about: 'The path to the number, with dots between the keys.',
  example: 'latency.p95',
} as const satisfies Field;

export const pattern = {
  holds: 'pattern',
  about: 'A regular expression. Its first group is the number.',
  example: 'p95=([0-9.]+)',
} as const satisfies Field;

export const file = {
  holds: 'path',
  about: 'A file that the command writes, relative to its working directory.',
  example: 'out.json',
} as const satisfies Field;
