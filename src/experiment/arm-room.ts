import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openRoom } from '../cage/room.ts';
import type { Network } from '../cage/steps.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { makeDir } from '../core/fs.ts';
import { userCache } from '../core/locate.ts';
import { objectsShown, useShownObjects } from '../git/arm-repository.ts';
import { type Arm, armEnvironment } from '../measure/sessions/arm.ts';
import { needs } from '../measure/sources/sources.ts';
import type { RepoSetup } from './setup.ts';

/** The reason why an arm cannot run in a closed room. */
export type NoRoom = { missing: string };

/** The folders of an arm: its tree, and its own temporary files and caches. */
export type Place = { dir: string; scratch: string };

/**
 * A closed room for an arm. Inside the room, the arm is mounted at the project's path. Paths and variables are therefore the same in both
 * arms and in the project, and a program cannot distinguish the arms.
 */
export async function armInRoom(
  setup: RepoSetup,
  { dir, scratch }: Place,
  { env, network }: { env: Record<string, string>; network: Network },
): Promise<Arm | NoRoom> {
  const { repo, world, contract } = setup;
  const own = { tmp: join(scratch, 'tmp'), cache: join(scratch, 'cache') };
  for (const folder of Object.values(own)) makeDir(folder);
  const home = realOf(env.HOME || homedir());
  const room = await openRoom(
    {
      work: { folder: dir, at: repo.root },
      views: [await objectsShown(repo, repo.root)],
      temporary: own.tmp,
      caches: { folder: own.cache, at: realOf(env.XDG_CACHE_HOME || join(home, '.cache')) },
      home,
      hidden: [realOf(userCache(world.env))],
      shared: measuresTrees(contract) ? [groups].filter(existsSync) : [],
      network,
    },
    world.env,
    setup.trust,
  );
  if ('missing' in room) return room;
  const seen = { own: [dir, ...Object.values(own)].map(room.inside), tmp: own.tmp };
  const at = join(repo.root, repo.prefix, contract.repro.cwd);
  const cwd = join(dir, repo.prefix, contract.repro.cwd);
  if (room.walls === 'landlock')
    return {
      dir: cwd,
      env: armEnvironment(env, { project: repo.root, tree: dir, scratch }),
      room: { ...room, at: cwd, ...seen },
    };
  useShownObjects(dir);
  const { TMPDIR: _, OLDPWD: __, ...same } = env;
  return { dir: cwd, env: same, room: { ...room, at, ...seen } };
}

/** The folder of the kernel's control groups. perf-gate measures the memory of each process tree in a separate control group. */
const groups = '/sys/fs/cgroup';

const measuresTrees = ({ metrics: { primary, watchdogs } }: Contract) =>
  needs([primary, ...watchdogs]).some(({ figures }) => figures.includes('tree_rss_kb'));

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);
