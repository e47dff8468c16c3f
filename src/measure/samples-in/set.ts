/** Samples of one benchmark, in the order in which they were taken; `unit` is '' where the file does not tell it. */
export type SampleSet = { name: string; unit: string; values: number[] };

/** The same before anybody has looked whether the values are numbers. */
export type RawSet = {
  name: string;
  unit: string;
  values: readonly unknown[];
  /** False for what a benchmark measures besides: it must be asked for by name. */
  main?: boolean;
};

/** Text that is not of this form: what was expected, and what stands there instead. */
export type Misfit = { expected: string; found: string };
