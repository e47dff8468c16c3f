import { failure } from '../core/errors.ts';
import type { World } from '../core/world.ts';
import type { OnCopy } from '../git/mirror.ts';

/** The number of files below which copying takes too little time to report. */
const MANY = 1000;
/** Milliseconds between two progress messages. */
const EVERY_MS = 250;

/**
 * Returns a function that reports the progress of a long copy, beginning with the first copied file. Ctrl-C ends the copying.
 * @throws interrupted
 */
export function reportCopying({ clock, notify, signal }: World): OnCopy {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (signal.aborted) throw failure('interrupted');
    if (total < MANY || (done < total && clock.ms() - toldMs < EVERY_MS)) return;
    toldMs = clock.ms();
    notify({ kind: 'copying', done, total });
  };
}
