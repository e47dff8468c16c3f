import type { Kind } from '../event.ts';

/**
 * Kinds whose events appear in the list of new events only if they have a duration. Single tests and minutes of resource use have no
 * duration, so they do not appear.
 */
export const onlyTimed: readonly Kind[] = ['test', 'resource'];
