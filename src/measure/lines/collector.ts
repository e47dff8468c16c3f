import type { Finished } from '../../core/exec.ts';

/** Whether a line of a file ran. Null if the line holds no code, or if the coverage does not say. */
export type LineRan = (line: number) => boolean | null;

/**
 * Takes the absolute path of a file below the root. Null if the coverage says nothing about this file. In a file that was never loaded, no
 * line ran.
 */
type RanIn = (file: string) => LineRan | null;

/** Runs a tool that reads coverage, such as gcov, in the environment of the measured program. */
export type Run = (program: string, args: readonly string[]) => Promise<Finished>;

/** Finds out which lines of a program ran, for programs in one language. */
export type Collector = {
  isSource: (path: string) => boolean;
  /** The program must be built with coverage; the contract says how. */
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
