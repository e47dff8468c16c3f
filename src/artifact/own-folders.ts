import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { readText } from '../core/read-text.ts';
import { comparisonsDir, homeOf, runLock, runPaths, runsDir } from './paths.ts';

/**
 * Refuses symbolic links in the folders that perf-gate writes to. If `run` is given, the run's own folders are checked too. A clone of the
 * repository can contain such a link, and the link can point to files outside the project. Links in the folders of profiles are allowed,
 * because perf-gate changes the target of a link only when it appends to a file, and it never appends to a profile.
 * @throws leads_elsewhere
 */
export function refuseLinks(project: string, run?: string): void {
  const home = homeOf(project);
  refuseLink(home);
  const folders = [home, runsDir(project), comparisonsDir(project), dirname(runLock(project))];
  const { dir, samples, local } = runPaths(project, run ?? '');
  for (const folder of run === undefined ? folders : [...folders, dir, samples, local])
    if (existsSync(folder)) for (const name of readdirSync(folder)) refuseLink(join(folder, name));
}

function refuseLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw failure('leads_elsewhere', { path });
}

const IGNORED = ['.gitignore', 'local/', 'runs/', 'comparisons/'];

/**
 * Keeps `.perf-gate/` out of git with a `.gitignore` that ignores itself, and adds missing lines to a `.gitignore` that an older perf-gate
 * wrote. A `.gitignore` that does not ignore itself belongs to the user and can be tracked. perf-gate does not change such a file, and
 * writes a separate `.gitignore` into the folder of the comparisons.
 */
export function keepOutOfGit(project: string): void {
  const file = join(homeOf(project), '.gitignore');
  const text = existsSync(file) ? readText(file) : '.gitignore\n';
  const lines = text.split(/\r?\n/);
  if (lines.includes('*')) return;
  if (!lines.includes('.gitignore')) {
    if (!lines.includes('comparisons/')) writeDurable(join(comparisonsDir(project), '.gitignore'), '*\n');
    return;
  }
  const missing = IGNORED.filter((line) => !lines.includes(line));
  if (missing.length === 0) return;
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  writeDurable(file, `${text}${end}${missing.map((line) => `${line}\n`).join('')}`);
}
