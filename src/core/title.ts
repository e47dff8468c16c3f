const OURS = 'perf-gate:';

/**
 * The process title of perf-gate's own processes. The program that starts a process of perf-gate cannot choose the title. Passwords in
 * addresses are left out.
 */
export const titleOf = (argv: readonly string[]) =>
  `${OURS} ${argv.join(' ')}`.replace(/(:\/\/[^\s:@/]*):[^\s@/]*@/g, '$1:…@');

/**
 * Whether the words of a command line are the process title of perf-gate. If the original command line was very short, the system keeps
 * only the beginning of the title.
 */
export const isOurTitle = ([first = '']: readonly string[]) => first === OURS || first.startsWith(`${OURS} `);
