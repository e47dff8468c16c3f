/** Which lines of a file ran. `null`: the line holds nothing that could run, or nobody can tell. */
export type LineRan = (line: number) => boolean | null;

/**
 * How the lines that a program runs are seen. `file` is a path inside of `root`. `ran` gives null for a file of which it cannot tell; a file
 * that was never loaded has no line that ran.
 */
export type Collector = {
  name: string;
  isSource: (path: string) => boolean;
  /** Variables for the program, which writes into `out`. `env` are those that it would have; `files` are absolute. */
  env(out: string, env: Record<string, string>, files: readonly string[]): Record<string, string>;
  /** What was written; undefined where nothing was, as the program was none of this language, or did not end by itself. */
  read(out: string, root: string, files: readonly string[]): ((file: string) => LineRan | null) | undefined;
};
