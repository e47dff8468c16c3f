import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openVisit } from '../../cage/room.ts';
import { openSink, resolvConf } from '../../cage/sink/sink.ts';
import type { Placed } from '../../cage/visit.ts';
import { makeDir, writeWhole } from '../../core/fs.ts';
import { cpuOf } from '../../core/processes.ts';
import type { Cage, CageNetwork, Wanted } from './cage.ts';
import { gitFolders } from './git-folders.ts';
import { clientCredentials, secretFiles, secretFolders } from './secrets.ts';
import { type Place, sessionOf, transcriptOf } from './session.ts';

/**
 * A cage of Linux namespaces in a new folder. Hooks find all files, and their writes are kept in memory. Returns the reason if no cage is
 * possible.
 */
export async function withOverlay(wanted: Wanted, folder: string): Promise<Cage | { missing: string }> {
  const { place, seed, plugins, data, files, network, env } = wanted;
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
        // missing data folders of plugins, which Claude Code makes before it runs a hook
        ...data.filter((at) => !existsSync(at)).map((at, i) => ({ folder: own(`data-${i}`), at })),
      ],
      covers: files.filter(({ folder }) => isFolder(folder)).map(really),
      views: [
        ...nameServers(folder, network),
        ...masked.files.map((at) => ({ folder: join(folder, 'empty'), at })),
        ...files.filter((one) => !isFolder(one.folder)).map(really),
      ],
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
    seen: (at) => at,
    session: (number) => {
      const session = sessionOf(place, seed, number);
      makeDir(join(folder, 'session-env', session.id));
      return session;
    },
    tmp: { folder: join(folder, 'tmp'), at: '/tmp' },
    outputs: join(folder, 'outputs'),
    enter: (argv, as) => room.enter(argv, place.project, undefined, as),
    cpuMs: () => room.processes().reduce((sum, { pid }) => sum + cpuOf(pid), 0),
    contacts: async () => (await sink?.contacts()) ?? null,
    close() {
      sink?.close();
      room.close();
    },
  };
}

const isFolder = (path: string) => statSync(path).isDirectory();

const really = ({ folder, at }: Placed): Placed => ({ folder, at: existsSync(at) ? realpathSync(at) : at });

/**
 * The folders that hooks could change if they ran without a cage. Hooks in the cage can write into these folders too, but the cage discards
 * the changes.
 */
function discarded({ home, client, project }: Place, plugins: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const ofUser = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].map((name) => env[name]);
  const named = [home, client, project, ...gitFolders(project), ...plugins, ...ofUser.filter((path) => path)];
  return named
    .filter((path): path is string => path !== undefined && existsSync(path))
    .map((path) => realpathSync(path));
}

/**
 * A replacement for `/etc/resolv.conf`: a file that leads to the sink, or a copy of the machine's file. The copy is needed if the machine's
 * file is a link into a folder that the cage hides.
 */
function nameServers(folder: string, network: CageNetwork) {
  const [file, at] = [join(folder, 'resolv.conf'), '/etc/resolv.conf'];
  if (!existsSync(at)) return []; // without this file, programs ask a name server at 127.0.0.1, where the sink answers
  writeWhole(file, network === 'sink' ? resolvConf : readFileSync(at, 'utf8'));
  return [{ folder: file, at: realpathSync(at) }];
}

/** The user's secrets that exist. */
function secretsOf({ home, client }: Place): { folders: string[]; files: string[] } {
  const there = (paths: string[]) => paths.filter(existsSync).map((path) => realpathSync(path));
  return {
    folders: there(secretFolders.map((name) => join(home, name))),
    files: there([...secretFiles.map((name) => join(home, name)), join(client, clientCredentials)]),
  };
}
