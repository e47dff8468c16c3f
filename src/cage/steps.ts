import { isAbsolute, relative } from 'node:path';

/** The network of a room: none, its own loopback interface, or the machine's network. */
export type Network = 'none' | 'loopback' | 'full';

/** The folders and the network that a program finds in a room. Paths are absolute and outside the room, except `at`. */
export type Furniture = {
  /** The folder that the program works in, and its place in the room. */
  work: { folder: string; at: string };
  /** Read-only folders, and their places in the room. */
  views: readonly { folder: string; at: string }[];
  /** The room's own folders for temporary files and for caches; `at` is the place where programs look for caches. */
  temporary: string;
  caches: { folder: string; at: string };
  /** The user's home folder: the program sees all of it, but nothing that it writes there stays. */
  home: string;
  /** Folders that appear empty. */
  hidden: readonly string[];
  /** Folders of the machine that stay writable. */
  shared: readonly string[];
  network: Network;
};

/** `overlay`: writes into HOME stay in memory. `read_only`: HOME cannot be written. */
export type Home = 'overlay' | 'read_only';

export type Step = readonly [name: 'bind' | 'view' | 'cover' | 'overlay' | 'empty', ...paths: string[]];

const depth = (step: Step) => step.at(-1)!.split('/').filter(Boolean).length;

/** The arguments for room.c: the words of the steps, outer places first. */
export const outerFirst = (steps: readonly Step[]): string[] => steps.toSorted((a, b) => depth(a) - depth(b)).flat();

/** Whether a path lies in a folder, or is the folder. */
export const lies = (path: string, folder: string) => {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
};

/**
 * The steps of room.c that set up a room, outer places first. `mounts`: the mount points of this machine, because an overlay does not show
 * the file systems mounted below it.
 */
export function stepsOf(asked: Furniture, home: Home, mounts: readonly string[]): string[] {
  const { work, views, temporary, caches, hidden, shared, network } = asked;
  const covered = ['/var/tmp', '/dev/shm', ...(network === 'full' ? [] : ['/run'])];
  // such a HOME is already private to the room
  const isCovered = ['/', '/tmp', work.at, ...covered].includes(asked.home);
  const withOverlay = home === 'overlay' && !isCovered;
  const below = mounts.filter((place) => place !== asked.home && lies(place, asked.home) && !lies(place, work.at));
  const steps: Step[] = [
    ['bind', temporary, '/tmp'],
    ...covered.map((place): Step => ['empty', place]),
    ...(withOverlay ? [['overlay', asked.home] as const, ...below.map((place): Step => ['view', place, place])] : []),
    ['bind', caches.folder, caches.at],
    // folders among the caches are covered already
    ...hidden.filter((folder) => !lies(folder, caches.at)).map((folder): Step => ['empty', folder]),
    ...shared.map((folder): Step => ['bind', folder, folder]),
    ['bind', work.folder, work.at],
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ];
  return outerFirst(steps);
}
