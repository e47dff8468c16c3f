/** An amount such as `'5%'` or `'10ms'`; a number is in the unit of the samples. */
export type AmountGiven = string | number;

/** `cwd`: the folder in which commands run; default: the current folder. `signal` ends a measurement early. */
export type Surroundings = { cwd?: string; signal?: AbortSignal };

/**
 * One side of a comparison. A command is measured by its wall time or, with `metric`, by the number in the line `METRIC name=12.3` that it
 * prints. An exported function of a module (default: the export `default`) is measured by the time of a call.
 */
export type Subject = string | { command: string; metric?: string } | { module: string | URL; export?: string };
