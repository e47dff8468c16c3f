import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { readUserText } from '../../core/user-file.ts';
import type { Frame, Kind, Profile } from '../model.ts';
import { dependencyFolders } from './dependency-folders.ts';
import { mayHold, wordsOf } from './in-source.ts';
import { withInlinedLines } from './inlined-lines.ts';

/** The maximum number of a project's files that are searched. */
const mostFiles = 20_000;

/**
 * Formats that name files without folders, or by paths on the machine that built a library. For these formats, a project's file of the same
 * name in any folder matches.
 */
const withoutFolders = /\b(pstats-|massif|perf-script)/;

/**
 * Finds the project's own files among relative paths. Profilers write paths relative to a folder that the runtime searched. For py-spy,
 * this is a folder of `sys.path`, such as the standard library or site-packages. For Go’s `-trimpath`, this is the module. So a path counts
 * as the project's if the project has this file. Many files have the same name in different folders, so a file named without folders must
 * also contain the function's name. If the project has none of the files, its sources are elsewhere, and `classify` decides by the paths
 * alone.
 */
export function findOwnFiles(profile: Profile, root: string): Profile {
  const relative = new Set(profile.frames.filter(isRelative).map(({ file }) => file!));
  if (relative.size === 0) return profile;
  const find = finderIn(root, withoutFolders.test(profile.format));
  const found = new Map([...relative].map((file) => [file, find(file)]));
  const isHere = [...found.values()].some((paths) => paths.length > 0);
  if (!isHere && !withoutFolders.test(profile.format)) return profile;
  const holding = holderIn(root);
  const frames = profile.frames.map((frame): Frame => {
    if (!isRelative(frame)) return frame;
    const paths = found.get(frame.file!)!;
    const path = frame.file!.includes('/') ? paths[0] : holding(paths, frame.function);
    return path === undefined ? { ...frame, kind: 'dependency' } : { ...frame, file: path, kind: kindOf(path) };
  });
  return /\bperf-script/.test(profile.format) ? withInlinedLines({ ...profile, frames }) : { ...profile, frames };
}

const isRelative = ({ kind, file }: Frame) =>
  kind === 'code' && file !== null && !isAbsolute(file) && !/^[<[\0]|^\w+:/.test(file);

const kindOf = (path: string): Kind =>
  path.split('/').some((folder) => dependencyFolders.has(folder)) ? 'dependency' : 'project';

/** Finds the project's file that may hold a function. Each file is read only once. */
function holderIn(root: string) {
  const known = new Map<string, ReadonlySet<string>>();
  const wordsIn = (path: string) => {
    const words = known.get(path) ?? wordsOf(textOf(join(root, path)));
    known.set(path, words);
    return words;
  };
  return (paths: readonly string[], name: string) => paths.find((path) => mayHold(path, wordsIn(path), name));
}

/**
 * Returns a function that takes a relative path and lists the project's files that the path can stand for. The likeliest file comes first.
 * All paths are relative to the root.
 */
function finderIn(root: string, anyFolder: boolean): (file: string) => readonly string[] {
  let known: Map<string, string[]> | undefined;
  const byName = (name: string) => {
    known ??= pathsByName(root);
    return known.get(name) ?? [];
  };
  return (given) => {
    const file = given.replace(/^(?:\.\/)+/, '');
    if (file.startsWith('../')) return [];
    if (/\.go$/.test(file)) return [goFile(file, root, byName('go.mod'))].filter((path) => path !== undefined);
    const isHere = existsSync(join(root, file));
    if (isHere && file.includes('/')) return [file];
    const ends = byName(basename(file)).filter((path) => path.endsWith(`/${file}`));
    const others = ends.filter((path) => anyFolder || mayStart(path.slice(0, -file.length), file, root));
    return isHere ? [file, ...others] : others;
  };
}

/** Whether the runtime may have searched a folder for modules. Python does not search folders that are packages themselves. */
const mayStart = (folder: string, file: string, root: string) =>
  !file.endsWith('.py') || !existsSync(join(root, folder, '__init__.py'));

/**
 * The project's file for a path in a Go profile, such as `example.com/app/work.go`, which begins with the name of the project's module.
 * Undefined if the project has no such file. Without a `go.mod`, the path is relative to the root.
 */
function goFile(file: string, root: string, modules: readonly string[]): string | undefined {
  for (const path of modules) {
    const name = /^module\s+"?([^\s"]+)/m.exec(textOf(join(root, path)))?.[1];
    if (name === undefined || !file.startsWith(`${name}/`)) continue;
    const own = join(dirname(path), file.slice(name.length + 1));
    if (existsSync(join(root, own))) return own;
  }
  return modules.length === 0 && existsSync(join(root, file)) ? file : undefined;
}

/** The files of a project by name, breadth first, without dependencies and hidden folders. */
function pathsByName(root: string): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  const open = [''];
  let seen = 0;
  for (const folder of open) {
    if (seen > mostFiles) break;
    for (const entry of entriesIn(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !dependencyFolders.has(entry.name))
        open.push(`${path}/`);
      if (entry.isFile() && ++seen <= mostFiles) paths.set(entry.name, [...(paths.get(entry.name) ?? []), path]);
    }
  }
  return paths;
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // files in an unreadable folder are not found
  }
}

function textOf(file: string): string {
  try {
    return readUserText(file);
  } catch {
    return '';
  }
}
