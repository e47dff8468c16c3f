import { existsSync, lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { removeFile } from '../../core/fs.ts';
import { sha256 } from '../../core/hash.ts';
import { DAY } from '../../core/time.ts';
import { discover } from '../../sentinel/discover/discover.ts';
import type { Hook } from '../../sentinel/hook.ts';
import { idsNamedBy, objectsIn } from '../../sentinel/store/objects-in-use.ts';
import { type KeptHook, keepHooks } from '../../sentinel/store/own-files.ts';
import { makeHome, monitorPaths } from '../home.ts';
import type { Database } from '../store/driver.ts';
import { dropVersions, keepVersions } from '../store/installed.ts';
import { projectsIn } from '../store/read.ts';

/**
 * The context in which hooks are recorded. `home`: the data folder of the monitor. `env`: the environment, which determines the
 * folders of the client's settings and plugins. `now`: ms since 1970.
 */
export type Noting = { db: Database; home: string; env: NodeJS.ProcessEnv; now: number };

/** Settings are read for at most `projects` projects: the projects with the latest sessions in the last `days` days. */
const most = { projects: 20, days: 30 };

/** Replaced versions are kept for this number of days. No case needs an older version. */
const KEPT_DAYS = 120;

/**
 * Records the hooks that are installed for the user and the hooks in settings of projects, with copies of their files. No hook is executed.
 */
export async function noteInstalled({ db, home, env, now }: Noting): Promise<void> {
  makeHome(home);
  const { objects } = monitorPaths(home);
  const person = env.HOME ?? homedir();
  const kept = async (project: string, hooks: readonly Hook[]) =>
    (await keepHooks(hooks.filter(mayBeNoted), objects, { project: project || person, home: person })).map((one) => ({
      project,
      hash: hashOf(one),
      kept: one,
    }));
  const ofUser = discover({ cwd: person, env }).hooks;
  const known = new Set(ofUser.map(({ id, file }) => `${id} ${file}`));
  const found = await kept('', ofUser);
  for (const project of projectsIn(db, now - most.days * DAY).slice(0, most.projects)) {
    if (project === person || !existsSync(project)) continue;
    const own = discover({ cwd: project, env }).hooks.filter(({ id, file }) => !known.has(`${id} ${file}`));
    found.push(...(await kept(project, own)));
  }
  keepVersions(db, now, found);
}

/**
 * Whether a hook may be recorded. Hooks of plugins may be recorded, because their declarations are public. Commands in settings may contain
 * secrets, such as tokens or customers' names, so only commands that run a script without arguments are recorded.
 */
const mayBeNoted = ({ handler, dead, plugin }: Hook) =>
  handler.type === 'command' && dead === null && (plugin !== null || ONE_SCRIPT.test(handler.command.trim()));

const ONE_SCRIPT = /^(?:(?:sh|bash|zsh|node|python3?|bun|deno|ruby|perl)\s+)?["']?[\w$.{}~/-]*[./][\w$.{}~/-]*["']?$/;

/**
 * The hash of a hook's files and declaration. A hook with a changed command therefore counts as another handler. `''` if the files were not
 * copied.
 */
const hashOf = ({ hook, hash }: KeptHook) => (hash === null ? '' : sha256(JSON.stringify([hash, hook.handler])));

/** Deletes the versions of hooks that were replaced long ago, and the copies of files that no remaining version uses. */
export function forgetInstalled({ db, home, now }: Omit<Noting, 'env'>): void {
  const left = dropVersions(db, now - KEPT_DAYS * DAY);
  const objects = objectsIn(monitorPaths(home).objects);
  const used = idsNamedBy(left, objects);
  // new files are kept, because the version that they belong to may not be stored yet
  const isOld = (file: string) => (lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < now - DAY;
  for (const { id, file } of objects) if (!used.has(id) && isOld(file)) removeFile(file);
}
