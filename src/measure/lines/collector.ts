import type { Finished } from '../../core/exec.ts';

/** Returns whether a line of a file ran. Null if the line holds no code, or if the coverage has no data about the line. */
export type LineRan = (line: number) => boolean | null;

/**
 * Returns the function `LineRan` for a file below the root, given by its absolute path. Null if the coverage has no data about this file.
 * If the coverage shows that the program never loaded the file, the function returns false for every line.
 */
type RanIn = (file: string) => LineRan | null;

/** Runs a tool that reads coverage, such as gcov, in the environment of the measured program. */
export type Run = (program: string, args: readonly string[]) => Promise<Finished>;

/** The functions that find out which lines of a program ran, for programs in one language. */
export type Collector = {
  isSource: (path: string) => boolean;
  /** True if a program must be built with coverage. The contract then says how to build it. */
  built?: true;
  /**
   * Environment variables that make the program write coverage into `out`. `env`: the program's other variables. `files`: absolute paths of
   * the sources.
   */
  env(out: string, env: Record<string, string>, files: readonly string[]): Record<string, string>;
  /**
   * Reads the program's coverage. Undefined if the program wrote no coverage, for example because the program is in another language or was
   * killed.
   */
  read(out: string, root: string, files: readonly string[], run: Run): RanIn | undefined | Promise<RanIn | undefined>;
};
