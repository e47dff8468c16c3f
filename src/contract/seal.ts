import { type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileHash, sha256 } from '../core/hash.ts';
import { realInside } from '../core/locate.ts';
import { matcher, notOurs } from './protects.ts';
import type { Contract } from './schema/contract.ts';

export type ProtectedChange = { path: string; kind: 'added' | 'changed' | 'removed' };

/** SHA-256 of the contract as JSON with sorted keys; the layout of the file does not matter. */
export function hashContract(contract: Contract): string {
  return sha256(JSON.stringify(contract, sortKeys));
}

/**
 * SHA-256 of every file that the patterns match, by its path relative to `root`. A symbolic link is hashed with its target's path and, if
 * the target is in the project, with the target's content. Files in `.git`, `.perf-gate` and `node_modules` are hashed only if a pattern
 * contains the name of the folder.
 */
export function hashProtected(root: string, patterns: readonly string[]): Record<string, string> {
  const { matches, leaveOut } = matcher(patterns);
  const found: [string, string][] = [];
  const walk = (dir: string) => {
    for (const entry of entries(join(root, dir))) {
      const path = dir ? `${dir}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        if (!leaveOut.has(entry.name)) walk(path);
      } else if (matches(path)) {
        if (entry.isFile()) found.push([path, fileHash(join(root, path)) ?? GONE]);
        if (entry.isSymbolicLink()) found.push([path, hashLink(root, path)]);
      }
    }
  };
  if (patterns.length > 0) walk('');
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const GONE = 'gone';

/**
 * Hash of a link's target path and, if the target is in the project, of the target's content. The reason: if the target changes, a
 * benchmark that uses the link can change too.
 */
function hashLink(root: string, path: string): string {
  const real = realInside(root, path);
  return sha256(JSON.stringify([readlinkSync(join(root, path)), real === undefined ? [] : contents(real)]));
}

/** Paths and hashes of a file, or of all files in a folder. Links in this folder are not followed. */
function contents(path: string): string[] {
  const stat = lstatSync(path);
  if (stat.isFile()) return [path, fileHash(path) ?? GONE];
  const names = stat.isDirectory() ? entries(path).map((entry) => entry.name) : [];
  return names
    .filter((name) => !notOurs.includes(name))
    .sort()
    .flatMap((name) => contents(join(path, name)));
}

/** The differences between two tables of hashes, sorted by path. Each table has a hash for every path. */
export function protectedChanges(before: Record<string, string>, after: Record<string, string>): ProtectedChange[] {
  // A lookup in a plain object would also find inherited keys, such as `constructor`, so both tables become maps.
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((path): ProtectedChange[] => {
    if (was.get(path) === is.get(path)) return [];
    return [{ path, kind: !was.has(path) ? 'added' : is.has(path) ? 'changed' : 'removed' }];
  });
}

/**
 * The entries of a folder. Empty if this user may not read the folder. This hides no change: a fix runs as the same user, so it cannot read
 * the folder either. If a fix makes a folder unreadable, its files count as removed.
 */
function entries(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

const sortKeys = (_key: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
