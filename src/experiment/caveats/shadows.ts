import { basename, dirname, extname } from 'node:path';
import type { Shadow } from './caveat.ts';
import { pythonModules, pythonStartup, testRunners } from './known-modules.ts';

/** The facts needed to find what a new file shadows. All paths are relative to the top folder of the tree. `''` is the top folder. */
export type Place = {
  /** Whether the tree has a file at this path. */
  has(path: string): boolean;
  /** The folders of the tree in which a shell looks for programs. */
  programFolders: readonly string[];
};

type Finder = (path: string, place: Place) => Shadow | null;

const finders: readonly Finder[] = [startup, module, nodePackage, program];

/** Returns the new or changed files that shadow something of the same name. Each name occurs once. */
export function shadowsOf(paths: readonly string[], place: Place): Shadow[] {
  const found = paths.flatMap((path) => finders.map((find) => find(path, place)).find((shadow) => shadow) ?? []);
  const first = ({ kind, name }: Shadow) => found.findIndex((other) => other.kind === kind && other.name === name);
  return found.filter((shadow, i) => first(shadow) === i);
}

/** Files that Python runs before any program. `sitecustomize.py`, `usercustomize.py`, and path files. */
function startup(path: string): Shadow | null {
  const name = moduleName(path);
  const isStartup = (name !== null && pythonStartup.has(name)) || path.endsWith('.pth');
  return isStartup ? { path, kind: 'startup', name: name ?? basename(path) } : null;
}

/** Whether a file has the name of a Python module or test runner and lies outside of any package. `import` finds it first there. */
function module(path: string, { has }: Place): Shadow | null {
  const name = moduleName(path);
  if (name === null || !(pythonModules.has(name) || testRunners.has(name))) return null;
  const place = basename(path).startsWith('__init__.') ? dirname(dirname(path)) : dirname(path);
  return has(`${place === '.' ? '' : `${place}/`}__init__.py`) ? null : { path, kind: 'module', name };
}

/** `json` for `json.py`, `lib/json/__init__.py`, `json.pyc`, `json.so` and `json.cpython-312-x86_64-linux-gnu.so`. */
function moduleName(path: string): string | null {
  if (!['.py', '.pyc', '.so', '.pyd'].includes(extname(path))) return null;
  const [name = ''] = basename(path).split('.');
  return name === '__init__' ? basename(dirname(path)) : name;
}

/**
 * Whether a file lies below `node_modules`. A change should not touch these files, because they belong to the authors of the packages in
 * the lock file.
 */
function nodePackage(path: string): Shadow | null {
  const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^@./][^/]*)\//.exec(path) ?? [];
  return name === undefined ? null : { path, kind: 'package', name };
}

function program(path: string, { programFolders }: Place): Shadow | null {
  const folder = dirname(path) === '.' ? '' : dirname(path);
  const isProgram = folder.endsWith('node_modules/.bin') || programFolders.includes(folder);
  return isProgram ? { path, kind: 'program', name: basename(path) } : null;
}
