import type { Kind } from '../event.ts';

/** Kinds whose events count as news only with a duration: minutes of resources and single tests of a report are left out. */
export const onlyTimed: readonly Kind[] = ['test', 'resource'];
