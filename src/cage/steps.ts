import { isAbsolute, relative } from 'node:path';

/** The network of a room: none, its own loopback interface, or the machine's network. */
export type Network = 'none' | 'loopback' | 'full';

/**
 * The folders and the network that a program finds in a room. All paths are absolute. A path in a field `at` is inside the room; all
 * other paths are outside.
 */
export type Furniture = {
  /** `folder`: the program's working directory. `at`: the path of this folder inside the room. */
  work: { folder: string; at: string };
  /** Read-only folders, and their paths inside the room. */
  views: readonly { folder: string; at: string }[];
  /** The room's own folders for temporary files and for caches. `at`: the path at which programs look for caches. */
  temporary: string;
  caches: { folder: string; at: string };
  /** The user's home folder. The program sees the whole folder. Files that the program writes there do not outlast the room. */
  home: string;
  /** Folders that appear empty. */
  hidden: readonly string[];
  /** Folders of the machine that stay writable. */
  shared: readonly string[];
  network: Network;
};

/** How programs in a room can write into HOME. `overlay`: all writes stay in memory. `read_only`: no write is possible. */
export type Home = 'overlay' | 'read_only';

export type Step = readonly [name: 'bind' | 'view' | 'cover' | 'overlay' | 'empty', ...paths: string[]];

const depth = (step: Step) => step.at(-1)!.split('/').filter(Boolean).length;

/** The arguments of room.c for these steps; outer folders come before the folders inside them. */
export const outerFirst = (steps: readonly Step[]): string[] => steps.toSorted((a, b) => depth(a) - depth(b)).flat();

/** Whether `path` is equal to `folder` or is inside `folder`. */
export const lies = (path: string, folder: string) => {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
};

/**
 * The steps of room.c that set up a room; outer folders come before the folders inside them. `mounts`: the mount points of this machine.
 * Mount points below HOME get their own steps, because the overlay of HOME does not show the file systems that are mounted there.
 */
export function stepsOf(asked: Furniture, home: Home, mounts: readonly string[]): string[] {
  const { work, views, temporary, caches, hidden, shared, network } = asked;
  const covered = ['/var/tmp', '/dev/shm', ...(network === 'full' ? [] : ['/run'])];
  // HOME gets no overlay of its own if it is `/`, or a folder that another step replaces, such as `/tmp`
  const isCovered = ['/', '/tmp', work.at, ...covered].includes(asked.home);
  const withOverlay = home === 'overlay' && !isCovered;
  const below = mounts.filter((place) => place !== asked.home && lies(place, asked.home) && !lies(place, work.at));
  const steps: Step[] = [
    ['bind', temporary, '/tmp'],
    ...covered.map((place): Step => ['empty', place]),
    ...(withOverlay ? [['overlay', asked.home] as const, ...below.map((place): Step => ['view', place, place])] : []),
    ['bind', caches.folder, caches.at],
    // the room's own cache folder already hides the user's caches
    ...hidden.filter((folder) => !lies(folder, caches.at)).map((folder): Step => ['empty', folder]),
    ...shared.map((folder): Step => ['bind', folder, folder]),
    ['bind', work.folder, work.at],
    ...views.map(({ folder, at }): Step => ['view', folder, at]),
  ];
  return outerFirst(steps);
}
