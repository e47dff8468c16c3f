import { lstatSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFile, setTimes, writeWhole } from '../core/fs.ts';

const markOf = (dir: string) => `${dir}.made`;

/**
 * Notes that everything in a folder of ours is as we made it. Whatever changes in it from now on has a later change time, which no program
 * can set. All times come from the file system.
 */
export async function markMade(dir: string): Promise<void> {
  const mark = markOf(dir);
  touch(mark);
  const probe = `${mark}.now`;
  // The clock of a file system is coarse: nothing else may happen in the same tick.
  for (touch(probe); changeTime(probe)! <= changeTime(mark)!; touch(probe)) await pause(1);
  removeFile(probe);
}

/** Forgets the note: the folder is about to hold something else. */
export const unmark = (dir: string): void => removeFile(markOf(dir));

/** When the folder was noted, in milliseconds of the file system's time; undefined if it never was. */
export const madeAt = (dir: string): number | undefined => changeTime(markOf(dir));

function touch(file: string): void {
  if (changeTime(file) === undefined) writeWhole(file, '');
  setTimes(file, 1); // any value will do: setting it makes the change time now
}

const changeTime = (file: string) => lstatSync(file, { throwIfNoEntry: false })?.ctimeMs;
