/** An amount such as `'5%'` or `'10ms'`; a number is in the unit of the samples. */
export type AmountGiven = string | number;

/** Where commands run (the current folder unless given), and what ends a measurement early. */
export type Surroundings = { cwd?: string; signal?: AbortSignal };

/**
 * What is compared. A command: its wall time, or with `metric` the number of the line `METRIC name=12.3` that it prints. Or an exported
 * function (`default` unless given) of a module: the time of a call.
 */
export type Subject = string | { command: string; metric?: string } | { module: string | URL; export?: string };
