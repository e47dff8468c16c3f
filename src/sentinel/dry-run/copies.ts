import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { confine } from '../../cage/room.ts';
import { lies } from '../../cage/steps.ts';
import { copyTree, makeDir, makeLink, writeWhole } from '../../core/fs.ts';
import type { Cage, Wanted } from './cage.ts';
import { clientCredentials, secretFiles, secretFolders } from './secrets.ts';
import { sessionOf, transcriptOf } from './session.ts';

/** The largest size of a project that is copied. */
const most = { files: 20_000, bytes: 200 * 1024 * 1024 };

/**
 * A cage without namespaces. Landlock, an access control of Linux, allows hooks to write only in copies. Hooks find a copy of the project,
 * and a HOME that contains links to the user's files, without secrets. Real files are not hidden: a hook that knows the real path of a file
 * can read the file. TCP is forbidden, unless the user asked for the real network.
 */
export async function withCopies(wanted: Wanted, folder: string): Promise<Cage | { missing: string }> {
  const { place, seed, plugins, files, network, env } = wanted;
  if (isLarge(place.project)) return { missing: `${place.project} is too large to copy` };
  const fixed = files.find(({ at }) => !plugins.some((root) => lies(root, at)));
  if (fixed) return { missing: `without Linux namespaces, hooks would open ${fixed.at} instead of a copy` };
  const own = (name: string) => join(folder, name);
  const inHome = lies(place.client, place.home) ? relative(place.home, place.client) : '.claude';
  const copied = { project: own('project'), home: own('home'), client: join(own('home'), inHome) };
  const exchanged = new Map(files.map(({ at }, i) => [at, own(`files-${i}`)] as const));
  const room = await confine(
    {
      work: { folder: copied.project, at: copied.project },
      views: [],
      temporary: own('tmp'),
      caches: { folder: copied.home, at: copied.home },
      home: place.home,
      hidden: [],
      shared: [...exchanged.values()],
      network: network === 'real' ? 'full' : 'none',
    },
    env,
  );
  if ('missing' in room) return room;
  makeDir(own('tmp'));
  for (const { folder: from, at } of files) copyTree(from, exchanged.get(at)!);
  try {
    copyTree(place.project, copied.project);
  } catch (error) {
    return { missing: `${place.project} cannot be copied: ${(error as Error).message}` };
  }
  const ofClient = (name: string) => join(inHome, name);
  const left = [...secretFolders, ...secretFiles, ...[clientCredentials, 'projects', 'session-env'].map(ofClient)];
  const opened = [ofClient('plugins/data'), '.config/git', '.docker', '.local/share', '.cache'];
  linkAll(place.home, copied.home, { left: new Set(left), opened });
  const session = (number: number) => {
    const made = sessionOf(copied, seed, number);
    makeDir(made.envFolder);
    return made;
  };
  const first = session(0);
  writeWhole(first.transcript, transcriptOf(first, copied));
  return {
    level: 'copies',
    walls: 'landlock',
    network: network === 'real' ? 'real' : 'off',
    masked: [],
    place: copied,
    seen(path) {
      const [at, copy] = [...exchanged].find(([folder]) => lies(path, folder)) ?? ['', ''];
      return at === '' ? path : join(copy, relative(at, path));
    },
    session,
    tmp: { folder: own('tmp'), at: own('tmp') },
    outputs: own('outputs'),
    enter: (argv) => room.enter(argv, copied.project),
    cpuMs: null,
    contacts: async () => null,
    close() {},
  };
}

/**
 * Makes links to the entries of a folder, except those in `left`. A folder in `opened` is not linked: a new folder is made, with links to
 * the entries of the original folder.
 */
function linkAll(from: string, to: string, f: { left: Set<string>; opened: string[] }, at = ''): void {
  makeDir(to);
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    const path = join(at, name);
    if (f.left.has(path)) continue;
    const isOpened = f.opened.some((folder) => folder === path || folder.startsWith(`${path}/`));
    if (isOpened && lstatSync(join(from, name)).isDirectory()) linkAll(join(from, name), join(to, name), f, path);
    else makeLink(join(from, name), join(to, name));
  }
}

function isLarge(project: string): boolean {
  const folders = [project];
  let [files, bytes] = [0, 0];
  for (const folder of folders)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else bytes += lstatSync(path).size;
      if (++files > most.files || bytes > most.bytes) return true;
    }
  return false;
}
