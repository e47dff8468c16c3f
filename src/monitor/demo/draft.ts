import type { MonitorEvent } from '../event.ts';

/** An invented event without its `identity`, which is added later. */
export type Draft = Omit<MonitorEvent, 'identity'>;

/** Returns the next random number from 0 to 1. */
export type Random = () => number;
