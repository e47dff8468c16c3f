import type { Clock } from '../../core/clock.ts';
import type { Instrument } from '../instruments/instrument.ts';

/** What a session is measured with. */
export type Tools = {
  instrument: Instrument;
  clock: Clock /** Ctrl-C: ends every process at once. */;
  signal?: AbortSignal;
};
