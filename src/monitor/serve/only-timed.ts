import type { Kind } from '../event.ts';

/** Kinds that are told as news only where they took time: neither a minute of resources nor a single test of a report is any. */
export const onlyTimed: readonly Kind[] = ['test', 'resource'];
