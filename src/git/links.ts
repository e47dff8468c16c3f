import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { beginningOf } from '../core/beginning.ts';
import { fields, git, type Place } from './git.ts';

/**
 * The functions of this file find what leads from a copy of the project back to the original: links, and absolute paths in files. Through
 * such a link or path, the copy would run the original's code.
 */

/**
 * The target of a link: `inside` the copy, `outside` of copy and original, or `back` in the original. A link to the outside is harmless: in
 * the copy it leads to the same file as in the original.
 */
type Lead = { to: 'inside' } | { to: 'outside' | 'back'; target: string };

/** Follows a link with the target `text` as if the link were at `path` in the project. */
export function followLink(root: string, path: string, text: string): Lead {
  const copy = `${root}.copy`; // if the project is `app`, the link `../app/src` stays within `app`, but leads out of the copy `app.copy`
  if (isWithin(copy, resolve(copy, dirname(path), text))) return { to: 'inside' };
  const target = resolve(root, dirname(path), text);
  const real = realPath(target);
  return isWithin(root, target) || isWithin(root, real) ? { to: 'back', target } : { to: 'outside', target };
}

/** Files in which tools write absolute paths. These paths decide which code runs. */
const pathFiles: readonly ((path: string) => boolean)[] = [
  (path) => ['pyvenv.cfg', 'CMakeCache.txt'].includes(basename(path)),
  (path) => /\.(pth|egg-link)$/.test(path),
  (path) => /(^|\/)__editable__[^/]*\.py$/.test(path),
];

/**
 * The first path to the original in the text of a file. Undefined if the text contains no such path. Files that match `pathFiles` are read
 * whole. If a file is a script of a virtual environment, its first line is read. Other files are not read.
 */
export function readsBack(root: string, path: string): string | undefined {
  const whole = pathFiles.some((isPathFile) => isPathFile(path));
  if (!whole && !isEnvironmentScript(root, path)) return undefined;
  const text = whole ? readFileSync(join(root, path), 'utf8') : firstLine(join(root, path));
  return mentions(text, root);
}

function isEnvironmentScript(root: string, path: string): boolean {
  const folder = dirname(path);
  return basename(folder) === 'bin' && existsSync(join(root, dirname(folder), 'pyvenv.cfg'));
}

/** The first path in the text that is the root or lies below the root. The root `/home/me/app` does not match `/home/me/application`. */
function mentions(text: string, root: string): string | undefined {
  const escaped = root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w./-])${escaped}(?![\\w.-])[^\\s"';:]*`).exec(text)?.[0];
}

function firstLine(file: string): string {
  const text = beginningOf(file, 4096).toString('utf8');
  return text.startsWith('#!') ? text.split('\n', 1)[0]! : '';
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith('../') && way !== '..' && !isAbsolute(way));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // a path that does not exist yet has no real path, so it is returned unchanged
  }
}

/**
 * Follows those links of a tree for which `asked` returns true, and returns the links' targets within the tree. A target that is a link is
 * followed too. Paths are relative to git's top level.
 */
export async function leadsOf(repo: Place, tree: string, asked: (path: string) => boolean): Promise<string[]> {
  const links = await linksIn(repo, tree);
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { path, blob } of links) {
      if (!asked(path) && !found.has(path)) continue;
      const target = normalize(join(dirname(path), await git(repo, ['cat-file', 'blob', blob])));
      if (!target.startsWith('..') && !target.startsWith('/')) found.add(target.replace(/\/$/, ''));
    }
  }
  return [...found];
}

async function linksIn(repo: Place, tree: string): Promise<{ path: string; blob: string }[]> {
  const listed = fields(await git(repo, ['ls-tree', '-r', '-z', '--full-tree', tree]));
  return listed.flatMap((line) => {
    const [, blob, path] = /^120000 blob (\S+)\t(.*)$/s.exec(line) ?? [];
    return blob && path ? [{ blob, path }] : [];
  });
}
