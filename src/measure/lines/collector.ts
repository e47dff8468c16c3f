/** Whether a line of a file ran; null: it holds nothing that could run, or the coverage does not say. */
export type LineRan = (line: number) => boolean | null;

/** Sees which lines a program of one language runs. */
export type Collector = {
  isSource: (path: string) => boolean;
  /** Variables for the program, which writes into `out`. `env` are those that it would have; `files` are absolute. */
  env(out: string, env: Record<string, string>, files: readonly string[]): Record<string, string>;
  /**
   * Reads what the program wrote; undefined where it wrote nothing, because it is of another language or did not end by itself. The function takes an
   * absolute path below `root`. It gives null where the coverage says nothing of that file; in a file that was never loaded, no line ran.
   */
  read(out: string, root: string, files: readonly string[]): ((file: string) => LineRan | null) | undefined;
};
