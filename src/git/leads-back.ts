import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * A copy of the project is only worth measuring if it runs its own code. These are the ways by which a copied file sends
 * the program back to the original; each tells the place that it leads to, or undefined.
 */

/** Where a link leaves to: `inside` stays in the copy, `outside` is the same place for both, `back` is the original. */
type Lead = { to: 'inside' } | { to: 'outside' | 'back'; target: string };

/** Follows a link with this text, as if it stood at `path` in the project. */
export function followLink(root: string, path: string, text: string): Lead {
  const copy = `${root}.copy`; // a name only: `../app/src` stays within app, and yet leaves a copy of it
  if (isWithin(copy, resolve(copy, dirname(path), text))) return { to: 'inside' };
  const target = resolve(root, dirname(path), text);
  const real = realPath(target);
  return isWithin(root, target) || isWithin(root, real) ? { to: 'back', target } : { to: 'outside', target };
}

/** Files that tools write absolute paths into, and that decide which code runs. */
const pathFiles: readonly ((path: string, root: string) => boolean)[] = [
  (path) => ['pyvenv.cfg', 'CMakeCache.txt'].includes(basename(path)),
  (path) => /\.(pth|egg-link)$/.test(path),
  (path) => /(^|\/)__editable__[^/]*\.py$/.test(path),
];

/** The original's path inside a known path file or in the first line of a virtual environment's script. */
export function readsBack(root: string, path: string): string | undefined {
  const whole = pathFiles.some((known) => known(path, root));
  if (!whole && !isEnvironmentScript(root, path)) return undefined;
  const text = whole ? readFileSync(join(root, path), 'utf8') : firstLine(join(root, path));
  return mentions(text, root);
}

function isEnvironmentScript(root: string, path: string): boolean {
  const folder = dirname(path);
  return basename(folder) === 'bin' && existsSync(join(root, dirname(folder), 'pyvenv.cfg'));
}

/** The first path in the text that is the root or lies below it; `/home/me/app` does not mention `/home/me/application`. */
function mentions(text: string, root: string): string | undefined {
  const escaped = root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w./-])${escaped}(?![\\w.-])[^\\s"';:]*`).exec(text)?.[0];
}

function firstLine(file: string): string {
  const buffer = Buffer.alloc(4096);
  const fd = openSync(file, 'r');
  try {
    const text = buffer.toString('utf8', 0, readSync(fd, buffer));
    return text.startsWith('#!') ? text.split('\n', 1)[0]! : '';
  } finally {
    closeSync(fd);
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith('../') && way !== '..' && !isAbsolute(way));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // it leads to nothing yet: its text is all there is to judge
  }
}
