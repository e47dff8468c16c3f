import { isAbsolute, relative } from 'node:path';

/** The network of a room: none, an interface of its own, or that of the machine. */
export type Network = 'none' | 'loopback' | 'full';

/** What a program finds in a room, by absolute paths outside of it. */
export type Furniture = {
  /** The folder that it works in, and where that stands in the room. */
  work: { folder: string; at: string };
  /** Folders that it may read at a place of the room. */
  views: readonly { folder: string; at: string }[];
  /** Its own folders for temporary files and for caches, and where programs look for caches. */
  temporary: string;
  caches: { folder: string; at: string };
  /** The user's own folder: all of it is there, and nothing that is written there stays. */
  home: string;
  /** Folders that appear empty. */
  hidden: readonly string[];
  /** Folders outside that stay writable. */
  shared: readonly string[];
  network: Network;
};

/** Whether what is written into HOME is kept in memory, or HOME cannot be written. */
export type Home = 'overlay' | 'read_only';

export type Step = readonly [name: 'bind' | 'view' | 'cover' | 'overlay' | 'empty', ...paths: string[]];

const depth = (step: Step) => step.at(-1)!.split('/').filter(Boolean).length;

/** The words of steps, outer places first. */
export const outerFirst = (steps: readonly Step[]): string[] => steps.toSorted((a, b) => depth(a) - depth(b)).flat();

/** Whether a path lies in a folder, or is the folder. */
export const lies = (path: string, folder: string) => {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
};

/**
 * The steps of room.c that furnish a room, outer places first. `mounts`: the places where file systems of this machine are mounted, because an
 * overlay shows none of those below it.
 */
export function stepsOf(asked: Furniture, home: Home, mounts: readonly string[]): string[] {
  const { work, views, temporary, caches, hidden, shared, network } = asked;
  const covered = ['/var/tmp', '/dev/shm', ...(network === 'full' ? [] : ['/run'])];
  // such a HOME is the program's own already
  const isCovered = ['/', '/tmp', work.at, ...covered].includes(asked.home);
  const withOverlay = home === 'overlay' && !isCovered;
  const below = mounts.filter((place) => place !== asked.home && lies(place, asked.home) && !lies(place, work.at));
  const steps: Step[] = [
    ['bind', temporary, '/tmp'],
    ...covered.map((place): Step => ['empty', place]),
    ...(withOverlay ? [['overlay', asked.home] as const, ...below.map((place): Step => ['view', place, place])] : []),
    ['bind', caches.folder, caches.at],
    // what lies among the caches is covered already
    ...hidden.filter((folder) => !lies(folder, caches.at)).map((folder): Step => ['empty', folder]),
    ...shared.map((folder): Step => ['bind', folder, folder]),
    ['bind', work.folder, work.at],
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ];
  return outerFirst(steps);
}
