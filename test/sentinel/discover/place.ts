import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Discovery, discover } from '../../../src/sentinel/discover/discover.ts';
import type { Flags } from '../../../src/sentinel/discover/settings.ts';
import type { Hook } from '../../../src/sentinel/hook.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

/** Text, or a value that is written as JSON. `ROOT` in it stands for the folder. */
export type Files = Record<string, unknown>;

/** A folder with these files; `home/` is the user's home, `project/` where the client starts, `owner/` the machine owner's. */
export function folderWith(files: Files): string {
  const root = temporaryFolder('perf-gate-hooks-');
  for (const folder of ['home', 'project', 'owner']) mkdirSync(join(root, folder));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(root, path), text.replaceAll('ROOT', root));
  }
  return root;
}

/** The discovery of such a folder. */
export function discoverIn(
  root: string,
  { env = {}, plugins, flags }: { env?: NodeJS.ProcessEnv; plugins?: string; flags?: Flags } = {},
): Discovery {
  const home = join(root, 'home');
  const managed = join(root, 'owner');
  return discover({ cwd: join(root, 'project'), env: { HOME: home, ...env }, plugins, managed, flags });
}

/** A handler that prints its name. */
export const says = (name: string, more: object = {}) => ({ type: 'command', command: `echo ${name}`, ...more });

/** `hooks` with one group of such handlers on an event. */
export const on = (event: string, ...names: string[]) => ({ [event]: [{ hooks: names.map((name) => says(name)) }] });

/** The output of the hooks that run, in order. */
export const running = (hooks: readonly Hook[]): string[] =>
  hooks.filter((hook) => hook.dead === null && hook.runs_as === null).map(said);

const said = ({ handler }: Hook) => (handler.type === 'command' ? handler.command.replace('echo ', '') : handler.type);
