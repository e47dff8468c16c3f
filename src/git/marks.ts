import { lstatSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFile, setTimes, writeWhole } from '../core/fs.ts';

const markOf = (dir: string) => `${dir}.made`;

/**
 * Marks a folder of perf-gate as intact. Every later change in the folder has a later change time, and no program can set a change time.
 * All times come from the file system.
 */
export async function markMade(dir: string): Promise<void> {
  const mark = markOf(dir);
  touch(mark);
  const probe = `${mark}.now`;
  // the file system's clock is coarse: wait for the next tick, so that later changes have a later time
  for (touch(probe); changeTime(probe)! <= changeTime(mark)!; touch(probe)) await pause(1);
  removeFile(probe);
}

/** Removes the mark, because the folder is about to change. */
export const unmark = (dir: string): void => removeFile(markOf(dir));

/** The time at which the folder was marked, in ms of the file system's clock. Undefined without a mark. */
export const madeAt = (dir: string): number | undefined => changeTime(markOf(dir));

function touch(file: string): void {
  if (changeTime(file) === undefined) writeWhole(file, '');
  setTimes(file, 1); // any time will do, because every call of `setTimes` sets the file's change time to now
}

const changeTime = (file: string) => lstatSync(file, { throwIfNoEntry: false })?.ctimeMs;
