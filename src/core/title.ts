const OURS = 'perf-gate:';

/** The process title of perf-gate's own processes; the program that starts one cannot choose it. Passwords in addresses are left out. */
export const titleOf = (argv: readonly string[]) =>
  `${OURS} ${argv.join(' ')}`.replace(/(:\/\/[^\s:@/]*):[^\s@/]*@/g, '$1:…@');

/**
 * Whether the words of a command line are such a title. If the original command line was very short, the system keeps only the beginning of
 * the title.
 */
export const isOurTitle = ([first = '']: readonly string[]) => first === OURS || first.startsWith(`${OURS} `);
