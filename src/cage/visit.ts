import { lies, type Network, outerFirst, type Step } from './steps.ts';

export type Placed = { folder: string; at: string };

/** A room that shows the machine as it is and discards everything written. Paths are absolute and outside the room, except `at`. */
export type Visit = {
  /** Writable folders: the files written there stay in memory and vanish when the room ends. */
  discarding: readonly string[];
  /** Folders that belong to the room alone, and their places in it. */
  own: readonly Placed[];
  /** Folders that are shown instead of others; writes to them are discarded too. */
  covers: readonly Placed[];
  /** Folders or files that are shown, read-only, instead of others. */
  views: readonly Placed[];
  /** Folders that appear empty. */
  hidden: readonly string[];
  network: Network;
};

/** Folders that appear empty: the sockets of this machine's programs, and files that other programs left. */
const covered = ['/run', '/var/tmp', '/dev/shm'];

/** The steps of room.c that set up such a room. `mounts`: the mount points of this machine. */
export function stepsOfVisit(
  { discarding, own, covers, views, hidden }: Omit<Visit, 'network'>,
  mounts: readonly string[],
): string[] {
  const replaced = [...covered, ...own.map(({ at }) => at), ...hidden];
  const overlays = outermost(
    discarding.filter((folder) => folder !== '/'),
    { mounts, replaced },
  );
  const isOther = (place: string) =>
    !overlays.includes(place) &&
    overlays.some((folder) => lies(place, folder)) &&
    !hidden.some((folder) => lies(place, folder));
  return outerFirst([
    ...covered.map((place): Step => ['empty', place]),
    ...overlays.map((folder): Step => ['overlay', folder]),
    // an overlay does not show the file systems mounted below it
    ...mounts.filter(isOther).map((place): Step => ['view', place, place]),
    ...own.map(({ folder, at }): Step => ['bind', folder, at]),
    ...hidden.map((folder): Step => ['empty', folder]),
    ...covers.map(({ folder, at }): Step => ['cover', folder, at]),
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ]);
}

/**
 * The folders without those that another folder's overlay already shows. A folder on another file system needs its own overlay, and so does one
 * below a place where the room shows something else: HOME may be the folder for temporary files, with the project in it.
 */
function outermost(
  folders: readonly string[],
  { mounts, replaced }: { mounts: readonly string[]; replaced: readonly string[] },
): string[] {
  const all = [...new Set(folders)];
  const isShownBy = (folder: string, outer: string) =>
    outer !== folder &&
    lies(folder, outer) &&
    !mounts.some((place) => place !== outer && lies(place, outer) && lies(folder, place)) &&
    !replaced.some((place) => place !== folder && lies(place, outer) && lies(folder, place));
  return all.filter((folder) => !all.some((outer) => isShownBy(folder, outer)));
}
