import { join } from 'node:path';
import { makeDir } from '../../core/fs.ts';
import type { Own } from './turns.ts';

/**
 * A prepared tree to be measured: the working directory inside of it, and the whole environment of its commands. `script` is what it
 * runs where the arms differ in their command and not in their tree; else both run that of the plan. `own`: its
 * folders, where they are its alone.
 */
export type Arm = { dir: string; env: Record<string, string>; script?: string; own?: Own };

/**
 * The environment of an arm: the user's, with a cache and a temporary directory of the arm's own under `scratch` (they
 * are created), and with every mention of the project's path turned to the arm's: PATH entries and the variables of
 * package managers would else lead back into the original tree. HOME stays. Give both arms paths of equal length: the
 * size of the environment alone moves a program's stack, and with it its speed.
 */
export function armEnvironment(
  env: NodeJS.ProcessEnv,
  paths: { project: string; tree: string; scratch: string },
): Record<string, string> {
  const own = { XDG_CACHE_HOME: join(paths.scratch, 'cache'), TMPDIR: join(paths.scratch, 'tmp') };
  for (const dir of Object.values(own)) makeDir(dir);
  const moved: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== 'OLDPWD') moved[name] = name === 'HOME' ? value : relocate(value, paths);
  }
  return { ...moved, ...own };
}

/** Replaces a path where it stands as a whole: in `/a/b:/a/b/bin` and `-I/a/b`, and not in `/a/bc` or `/x/a/b`. */
function relocate(value: string, { project, tree }: { project: string; tree: string }): string {
  const goesOn = (before: string, after: string) => /\/[^:;,=\s'"]*[\w.-]$/.test(before) || /^[\w.-]/.test(after);
  return value.split(project).reduce((done, rest) => done + (goesOn(done, rest) ? project : tree) + rest);
}
