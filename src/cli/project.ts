import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homeOf, runsDir } from '../artifact/paths.ts';

/** The name of a contract that `start` and `compare` find without `--contract`. */
const CONTRACT = 'perf-gate.yaml';

/** Files that mark a folder as a project. */
const manifests =
  'package.json pyproject.toml setup.py setup.cfg requirements.txt Cargo.toml go.mod CMakeLists.txt Makefile meson.build pubspec.yaml'.split(
    ' ',
  );

/**
 * The project of a command that reads runs: the nearest folder with runs, from `folder` up to the root of its work tree. Without such a
 * folder, `folder` itself.
 */
export const projectOfRuns = (folder: string): string => nearest(folder, (dir) => existsSync(runsDir(dir)));

/**
 * The project of a new run or a comparison: the nearest folder that looks like a project, from `folder` upwards. Without such a folder,
 * `folder` itself.
 */
export const projectToBegin = (folder: string): string =>
  nearest(
    folder,
    (dir) => existsSync(homeOf(dir)) || [CONTRACT, ...manifests].some((name) => existsSync(join(dir, name))),
  );

/** The path of `perf-gate.yaml` in the project's root. Undefined if the file is missing. */
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
