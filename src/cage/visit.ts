import { lies, type Network, outerFirst, type Step } from './steps.ts';

export type Placed = { folder: string; at: string };

/**
 * The description of a closed room that shows the machine as it is and discards everything that programs write in the room. All paths are
 * absolute. A path in a field `at` is inside the room; all other paths are outside.
 */
export type Visit = {
  /** Writable folders: the files written there stay in memory and vanish when the room ends. */
  discarding: readonly string[];
  /** Folders that belong to the room alone, and their paths inside the room. */
  own: readonly Placed[];
  /** In the room, each `folder` replaces the machine's folder at the path `at`. Writes are discarded. */
  covers: readonly Placed[];
  /** In the room, each of these folders and files replaces the machine's folder or file at the path `at`. They are read-only. */
  views: readonly Placed[];
  /** Folders that appear empty. */
  hidden: readonly string[];
  network: Network;
};

/** Folders that appear empty in the room, because they hold sockets and files of other programs on this machine. */
const covered = ['/run', '/var/tmp', '/dev/shm'];

/** The steps of room.c that set up the room that a `Visit` describes. `mounts`: the mount points of this machine. */
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
    // an overlay does not show the file systems that are mounted below its folder
    ...mounts.filter(isOther).map((place): Step => ['view', place, place]),
    ...own.map(({ folder, at }): Step => ['bind', folder, at]),
    ...hidden.map((folder): Step => ['empty', folder]),
    ...covers.map(({ folder, at }): Step => ['cover', folder, at]),
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ]);
}

/**
 * The folders that need an overlay of their own. A folder inside another one is already writable through the overlay of the outer folder.
 * Such a folder needs its own overlay only if it is on another file system or below a path in `replaced`, such as `/var/tmp`.
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
