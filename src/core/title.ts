const OURS = 'perf-gate:';

/**
 * The process title that a process of perf-gate sets for itself. Therefore the program that starts perf-gate cannot choose another title.
 * Passwords in addresses are left out.
 */
export const titleOf = (argv: readonly string[]) =>
  `${OURS} ${argv.join(' ')}`.replace(/(:\/\/[^\s:@/]*):[^\s@/]*@/g, '$1:…@');

/**
 * Whether the words of a command line are the process title of perf-gate. Only the beginning is checked, because the system shortens a
 * title that is longer than the original command line.
 */
export const isOurTitle = ([first = '']: readonly string[]) => first === OURS || first.startsWith(`${OURS} `);
