import type { MonitorEvent } from '../event.ts';

/** An invented event before it has its identity. */
export type Draft = Omit<MonitorEvent, 'identity'>;

/** The next number from 0 to 1. */
export type Random = () => number;
