import type { Finished } from '../../core/exec.ts';

/** Whether a line of a file ran; null: it holds nothing that could run, or the coverage does not say. */
export type LineRan = (line: number) => boolean | null;

/** Takes an absolute path below the root. Null where the coverage says nothing of that file; in a file that was never loaded, no line ran. */
type RanIn = (file: string) => LineRan | null;

/** Runs a program that reads coverage, with the environment of the program that wrote it. */
export type Run = (program: string, args: readonly string[]) => Promise<Finished>;

/** Sees which lines a program of one language runs. */
export type Collector = {
  isSource: (path: string) => boolean;
  /** The program has to be built for it, which the contract tells how to do. */
  built?: true;
  /** Variables for the program, which writes into `out`. `env` are those that it would have; `files` are absolute. */
  env(out: string, env: Record<string, string>, files: readonly string[]): Record<string, string>;
  /** Reads what the program wrote; undefined where it wrote nothing, because it is of another language or did not end by itself. */
  read(out: string, root: string, files: readonly string[], run: Run): RanIn | undefined | Promise<RanIn | undefined>;
};
