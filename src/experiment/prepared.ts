import type { Clock } from '../core/clock.ts';
import { bytesWritten, fileTime } from '../measure/sessions/turns.ts';

/** The duration of an arm's setup and build, and the total size of the files that they wrote into its folders. */
export type Prepared = { seconds: number; bytes: number };

/**
 * Measures the preparation of an arm, from this call to the call of the returned function. `folders`: the folders whose new files are
 * counted. `file`: a file outside of these folders. It is written at the start of the preparation, because its timestamp shows the file
 * system's time.
 */
export function followPreparation(clock: Clock, folders: readonly string[], file: string): () => Prepared {
  const [began, since] = [clock.ms(), folders.length > 0 ? fileTime(file) : 0n];
  return () => ({ seconds: (clock.ms() - began) / 1000, bytes: bytesWritten(folders, since) });
}
