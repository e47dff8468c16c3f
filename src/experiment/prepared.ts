import type { Clock } from '../core/clock.ts';
import { bytesWritten, fileTime } from '../measure/sessions/turns.ts';

/** The duration of an arm's setup and build, and the total size of the files that they wrote into its folders. */
export type Prepared = { seconds: number; bytes: number };

/**
 * Observes a preparation until the returned function is called. `file`: a file outside of the folders. perf-gate writes it to read the file
 * system's time. If there are no folders, no file is read.
 */
export function followPreparation(clock: Clock, folders: readonly string[], file: string): () => Prepared {
  const [began, since] = [clock.ms(), folders.length > 0 ? fileTime(file) : 0n];
  return () => ({ seconds: (clock.ms() - began) / 1000, bytes: bytesWritten(folders, since) });
}
