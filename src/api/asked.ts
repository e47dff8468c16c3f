/** An amount such as `'5%'` or `'10ms'`; a number is in the unit of the samples. */
export type AmountGiven = string | number;

/**
 * The folder and the signal for a measurement. `cwd`: the folder in which commands run; default: the current folder. `signal` ends the
 * measurement early.
 */
export type Surroundings = { cwd?: string; signal?: AbortSignal };

/**
 * The base or the candidate of a comparison. A command is measured by its wall time. With `metric`, the sample is the number in the line
 * `METRIC name=12.3` that the command prints. An exported function of a module is measured by the time of a call. If no name is given, the
 * export `default` is measured.
 */
export type Subject = string | { command: string; metric?: string } | { module: string | URL; export?: string };
