import type { Usage } from '../sessions/execute.ts';

/** What the engine measures by itself. */
export type BuiltIn = 'wall' | 'user_cpu' | 'sys_cpu' | 'cpu' | 'max_rss';

/** What is counted in executions of their own, by other programs. */
export type CounterName = 'instructions' | 'callgrind';

/** Where the number of a metric comes from, as the contract says it. */
export type Source =
  | BuiltIn
  | CounterName
  | { stdout: 'json'; key: string }
  | { stdout: 'regex'; pattern: string }
  | { stdout: 'metric'; key: string }
  | { file: string; key: string }
  | { file: string; pattern: string }
  | { size: string; encoding: 'raw' | 'gzip' | 'brotli' }
  | { format: string; file: string; key?: string };

/** A metric as far as measuring needs to know it. */
export type Metric = { name: string; unit: string; source: Source };

/** What an execution leaves for the metrics to be read from. */
export type Traces = {
  usage: Usage;
  stdout: string;
  /** Working directory of the execution: files and globs are relative to it. */
  cwd: string;
  /** Stamps of the files that are to be written, taken before the execution (`stamp`); undefined where there was none. */
  before: ReadonlyMap<string, string | undefined>;
};

/** A number that is not there: what was looked for, and what was found instead. */
export type Absence = { expected: string; found: string };

export const isCounter = (source: Source): source is CounterName => source === 'instructions' || source === 'callgrind';

export function isAbsence(x: unknown): x is Absence {
  return typeof x === 'object' && x !== null && 'expected' in x && 'found' in x;
}
