import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homeOf, runsDir } from '../artifact/paths.ts';

/** The name of a contract that `start` and `compare` find by themselves. */
const CONTRACT = 'perf-gate.yaml';

/** Files that make a folder a project of its own. */
const manifests =
  'package.json pyproject.toml setup.py setup.cfg requirements.txt Cargo.toml go.mod CMakeLists.txt Makefile meson.build pubspec.yaml'.split(
    ' ',
  );

/** The project whose runs a command in `folder` is about: the nearest with runs, here or above in the same work tree; else the folder. */
export const projectOfRuns = (folder: string): string => nearest(folder, (dir) => existsSync(runsDir(dir)));

/** The project that a new run or a comparison in `folder` is about: the nearest folder that looks like one; else the folder itself. */
export const projectToBegin = (folder: string): string =>
  nearest(
    folder,
    (dir) => existsSync(homeOf(dir)) || [CONTRACT, ...manifests].some((name) => existsSync(join(dir, name))),
  );

/** The contract that lies in the project's root; undefined without one. */
export function contractIn(project: string): string | undefined {
  const file = join(project, CONTRACT);
  return existsSync(file) ? file : undefined;
}

function nearest(folder: string, isIt: (dir: string) => boolean): string {
  const here = realpathSync(folder);
  for (let dir = here; ; dir = dirname(dir)) {
    if (isIt(dir)) return dir;
    if (existsSync(join(dir, '.git')) || dirname(dir) === dir) return here;
  }
}
