import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import { realInside } from '../core/inside.ts';
import { matcher, notOurs } from './protects.ts';
import type { Contract } from './schema/contract.ts';

export type ProtectedChange = { path: string; kind: 'added' | 'changed' | 'removed' };

/** sha256 of the contract as JSON with sorted keys: what the user approved, whatever the layout of the file. */
export function hashContract(contract: Contract): string {
  return sha256(JSON.stringify(contract, sortKeys));
}

/**
 * sha256 of every file that the patterns name, by its path relative to `root`. A symbolic link counts as where it points to; where that
 * is in the project, what is there is protected too. `.git`, `.perf-gate` and `node_modules` are left out unless a pattern names them.
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
        if (entry.isFile()) found.push([path, sha256(readFileSync(join(root, path)))]);
        if (entry.isSymbolicLink()) found.push([path, hashLink(root, path)]);
      }
    }
  };
  if (patterns.length > 0) walk('');
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where a link points to, and what is there if that is in the project: a benchmark is changed through its target as well. */
function hashLink(root: string, path: string): string {
  const real = realInside(root, path);
  return sha256(JSON.stringify([readlinkSync(join(root, path)), real === undefined ? [] : contents(real)]));
}

/** Hashes of a file, or of all files in a folder; further links are not followed. */
function contents(path: string): string[] {
  const stat = lstatSync(path);
  if (stat.isFile()) return [path, sha256(readFileSync(path))];
  const names = stat.isDirectory() ? entries(path).map((entry) => entry.name) : [];
  return names
    .filter((name) => !notOurs.includes(name))
    .sort()
    .flatMap((name) => contents(join(path, name)));
}

/** What became of the protected files between two calls of `hashProtected`, by path. */
export function protectedChanges(before: Record<string, string>, after: Record<string, string>): ProtectedChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((path): ProtectedChange[] => {
    if (before[path] === after[path]) return [];
    return [{ path, kind: before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'changed' }];
  });
}

/** A folder that we may not read, nobody who works for us can change; one that becomes so shows up as removed files. */
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
