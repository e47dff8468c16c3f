import { lies, type Network, outerFirst, type Step } from './steps.ts';

export type Placed = { folder: string; at: string };

/** What a program finds in a room that shows the machine as it is and keeps nothing of what is written: absolute paths outside of it. */
export type Visit = {
  /** Folders that can be written: what is written there is kept in memory and goes with the room. */
  discarding: readonly string[];
  /** Folders of the room's own, and where they stand in it. */
  own: readonly Placed[];
  /** Folders that stand in the place of others; what is written in them is discarded too. */
  covers: readonly Placed[];
  /** Folders or files that are shown, read-only, in the place of others. */
  views: readonly Placed[];
  /** Folders that appear empty. */
  hidden: readonly string[];
  network: Network;
};

/** Where programs of this machine listen, and what other programs left for later. */
const covered = ['/run', '/var/tmp', '/dev/shm'];

/** The steps of room.c that furnish such a room. `mounts`: the places where file systems of this machine are mounted. */
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
    // an overlay shows nothing of the file systems below it
    ...mounts.filter(isOther).map((place): Step => ['view', place, place]),
    ...own.map(({ folder, at }): Step => ['bind', folder, at]),
    ...hidden.map((folder): Step => ['empty', folder]),
    ...covers.map(({ folder, at }): Step => ['cover', folder, at]),
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ]);
}

/**
 * The folders without those that another one shows already. A folder of another file system needs an overlay of its own, and so does one below a
 * place where the room shows something else: a HOME may be the folder for temporary files, with the project in it.
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
