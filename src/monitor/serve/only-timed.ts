import type { Kind } from '../event.ts';

/**
 * Kinds whose events are shown among the new events only if they have a duration. Minutes of resources and single tests of a report have no
 * duration, so these events are not shown.
 */
export const onlyTimed: readonly Kind[] = ['test', 'resource'];
