const OURS = 'perf-gate:';

/**
 * The title that every process of perf-gate gives itself, and by which other processes of perf-gate recognise it. The program that starts
 * perf-gate cannot choose another title. Passwords in addresses are left out.
 */
export const titleOf = (argv: readonly string[]) =>
  `${OURS} ${argv.join(' ')}`.replace(/(:\/\/[^\s:@/]*):[^\s@/]*@/g, '$1:…@');

/**
 * Whether the words of a command line are the process title of perf-gate. Only the beginning is checked, because the system shortens a
 * title that is longer than the original command line.
 */
export const isOurTitle = ([first = '']: readonly string[]) => first === OURS || first.startsWith(`${OURS} `);
