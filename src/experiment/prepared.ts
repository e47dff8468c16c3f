import type { Clock } from '../core/clock.ts';
import { bytesWritten, fileTime } from '../measure/sessions/turns.ts';

/** What setup and build of an arm took, and the sizes of the files that they wrote into its folders. */
export type Prepared = { seconds: number; bytes: number };

/**
 * Follows a preparation until the returned function is called. `file`: one of ours beside the folders, which shows the file system’s time.
 * Nothing is looked at where there are no folders.
 */
export function followPreparation(clock: Clock, folders: readonly string[], file: string): () => Prepared {
  const [began, since] = [clock.ms(), folders.length > 0 ? fileTime(file) : 0n];
  return () => ({ seconds: (clock.ms() - began) / 1000, bytes: bytesWritten(folders, since) });
}
