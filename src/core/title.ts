const OURS = 'perf-gate:';

/** What our processes call themselves while they work, so that nobody who starts one has a say in its name. A password of an address is left out. */
export const titleOf = (argv: readonly string[]) =>
  `${OURS} ${argv.join(' ')}`.replace(/(:\/\/[^\s:@/]*):[^\s@/]*@/g, '$1:…@');

/** Whether a process calls itself so, by the words of its command line. Where its first words were very short, the system keeps no more than the beginning. */
export const isOurTitle = ([first = '']: readonly string[]) => first === OURS || first.startsWith(`${OURS} `);
