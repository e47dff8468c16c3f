import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openVisit, type Room } from '../../cage/room.ts';
import { type Contact, openSink, resolvConf } from '../../cage/sink/sink.ts';
import { makeDir, temporaryDir, writeWhole } from '../../core/fs.ts';
import { withCopies } from './copies.ts';
import { gitFolders } from './git-folders.ts';
import { clientCredentials, secretFiles, secretFolders } from './secrets.ts';
import { type Place, type Session, sessionOf, transcriptOf } from './session.ts';

/** Which network a hook finds: none, one that answers and leads nowhere, or that of the machine. */
export type CageNetwork = 'off' | 'sink' | 'real';

/** How closed a cage is: writes are kept in memory (`overlay`), or go into copies beside which everything is read-only (`copies`). */
export type CageLevel = 'overlay' | 'copies';

/** A place where foreign hooks run: they find the project, HOME and the client's folder, and nothing that they do stays. */
export type Cage = {
  level: CageLevel;
  walls: Room['walls'];
  network: CageNetwork;
  /** What hooks do not see, as paths outside. */
  masked: readonly string[];
  /** Where things stand, as hooks see them. */
  place: Place;
  /** A session of the client; the one of number 0 has a transcript already. */
  session: (number: number) => Session;
  /** Its folder for temporary files, outside and as hooks see it. */
  tmp: { folder: string; at: string };
  /** A folder that no hook sees. */
  outputs: string;
  enter: (argv: readonly [string, ...string[]], as?: number) => [string, ...string[]];
  /** What was reached since the last call; null where nobody watches. */
  contacts: () => Promise<Contact[] | null>;
  close: () => void;
};

/** What cages are made for. `data`: where plugins keep data; `plugins`: their own folders; `seed`: names the sessions. */
export type Wanted = {
  place: Place;
  seed: string;
  plugins: readonly string[];
  data: readonly string[];
  network: CageNetwork;
  delayMs: number;
  env: NodeJS.ProcessEnv;
};

/** Where the project, HOME and the client's folder really are. */
export function placeOf(project: string, env: NodeJS.ProcessEnv): Place {
  const home = realOf(env.HOME || homedir());
  return { project: realOf(project), home, client: realOf(env.CLAUDE_CONFIG_DIR || join(home, '.claude')) };
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);

/** Opens a cage as closed as the machine allows, in a new folder of `scratch`, or says why there is none. What is in it ends when it is closed. */
export async function openCage(wanted: Wanted, scratch: string): Promise<Cage | { missing: string }> {
  const opened = await withOverlay(wanted, temporaryDir(scratch, 'cage-'));
  if (!('missing' in opened)) return opened;
  const second = await withCopies(wanted, temporaryDir(scratch, 'cage-'));
  return 'missing' in second ? { missing: `${opened.missing}; ${second.missing}` } : second;
}

async function withOverlay(wanted: Wanted, folder: string): Promise<Cage | { missing: string }> {
  const { place, seed, plugins, data, network, env } = wanted;
  const own = (name: string) => {
    makeDir(join(folder, name));
    return join(folder, name);
  };
  const first = sessionOf(place, seed, 0);
  writeWhole(join(own('session'), `${first.id}.jsonl`), transcriptOf(first, place));
  writeWhole(join(folder, 'empty'), '');
  const masked = secretsOf(place);
  const room = await openVisit(
    {
      discarding: discarded(place, plugins, env),
      own: [
        { folder: own('tmp'), at: '/tmp' },
        { folder: own('session'), at: first.folder },
        { folder: own('session-env'), at: join(place.client, 'session-env') },
        // the client makes it before it runs a hook
        ...data.filter((at) => !existsSync(at)).map((at, i) => ({ folder: own(`data-${i}`), at })),
      ],
      views: [...nameServers(folder, network), ...masked.files.map((at) => ({ folder: join(folder, 'empty'), at }))],
      hidden: masked.folders,
      network: ({ off: 'none', sink: 'loopback', real: 'full' } as const)[network],
    },
    env,
  );
  if ('missing' in room) return room;
  const sink = network === 'sink' ? await openSink(room, env, wanted.delayMs) : undefined;
  if (sink && 'missing' in sink) {
    room.close();
    return sink;
  }
  return {
    level: 'overlay',
    walls: room.walls,
    network,
    masked: [...masked.folders, ...masked.files],
    place,
    session: (number) => {
      const session = sessionOf(place, seed, number);
      makeDir(join(folder, 'session-env', session.id));
      return session;
    },
    tmp: { folder: join(folder, 'tmp'), at: '/tmp' },
    outputs: join(folder, 'outputs'),
    enter: (argv, as) => room.enter(argv, place.project, undefined, as),
    contacts: async () => (await sink?.contacts()) ?? null,
    close() {
      sink?.close();
      room.close();
    },
  };
}

/** The folders in which a hook may write, as it may outside. */
function discarded({ home, client, project }: Place, plugins: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const ofUser = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].map((name) => env[name]);
  const named = [home, client, project, ...gitFolders(project), ...plugins, ...ofUser.filter((path) => path)];
  return named
    .filter((path): path is string => path !== undefined && existsSync(path))
    .map((path) => realpathSync(path));
}

/** What is shown in the place of `/etc/resolv.conf`: the sink, or what the machine has, which may stand in a folder that the room hides. */
function nameServers(folder: string, network: CageNetwork) {
  const [file, at] = [join(folder, 'resolv.conf'), '/etc/resolv.conf'];
  if (!existsSync(at)) return []; // programs then ask this machine, which is the sink
  writeWhole(file, network === 'sink' ? resolvConf : readFileSync(at, 'utf8'));
  return [{ folder: file, at: realpathSync(at) }];
}

/** What of the user's secrets is there. */
function secretsOf({ home, client }: Place): { folders: string[]; files: string[] } {
  const there = (paths: string[]) => paths.filter(existsSync).map((path) => realpathSync(path));
  return {
    folders: there(secretFolders.map((name) => join(home, name))),
    files: there([...secretFiles.map((name) => join(home, name)), join(client, clientCredentials)]),
  };
}
