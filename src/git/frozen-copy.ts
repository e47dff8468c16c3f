import { existsSync, lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { copyFile, move, remove, writeDurable } from '../core/fs.ts';
import { type Entry, entriesOf } from './copy-tree.ts';
import { madeAt } from './marks.ts';

/**
 * A frozen copy of a project, the arms that are made from it, and the project itself. An arm may share files with the frozen copy by hard
 * links, but never with the project or the other arm. A write to a shared file therefore changes the frozen copy too. perf-gate detects
 * such a write by the file's change time, and restores the file from another, untouched copy.
 */
export type Family = { frozen: string; arms: readonly string[]; project: string };

/** The identity of a project's file: a text that changes whenever the file changes. The identity is recorded when the file is copied. */
type Identity = string;

export const identityOf = ({ ino, size, mtimeMs, ctimeMs }: Stats): Identity => `${ino}:${size}:${mtimeMs}:${ctimeMs}`;

const originalsFile = (frozen: string) => `${frozen}.originals.json`;

/** Records the identity of each original file at the time of copying. */
export function writeOriginals(frozen: string, originals: Record<string, Identity>): void {
  writeDurable(originalsFile(frozen), JSON.stringify(originals));
}

/** The recorded identities by path. Empty if no copy was completed. The object has no prototype, because any path can be a key. */
export function readOriginals(frozen: string): Record<string, Identity> {
  const file = originalsFile(frozen);
  const read = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Identity>) : {};
  return Object.assign(Object.create(null), read);
}

/**
 * The entries of the frozen copy. `suspects`: the entries that changed since the copy was last known to be intact. `originals`: the
 * recorded identities, or an empty object if there are no suspects.
 */
type Seen = { family: Family; entries: Entry[]; suspects: Entry[]; originals: Record<string, Identity> };

async function look(family: Family): Promise<Seen> {
  const made = madeAt(family.frozen) ?? Number.NEGATIVE_INFINITY;
  const entries = await entriesOf(family.frozen);
  const suspects = entries.filter(({ stat }) => stat === null || stat.ctimeMs > made);
  return { family, entries, suspects, originals: suspects.length > 0 ? readOriginals(family.frozen) : {} };
}

/**
 * A path of the frozen copy that was changed directly. Either an unshared file differs from its original, or an entry is new or missing.
 * Changes of a shared file are ignored here, because such changes can come through the arm that shares the file.
 */
export async function trespassIn(family: Family): Promise<string | undefined> {
  return trespassAmong(await look(family));
}

function trespassAmong(seen: Seen): string | undefined {
  const { entries, suspects, originals } = seen;
  const changed = suspects.find((entry) => entry.kind !== 'folder' && !mayBeOfAnArm(seen, entry));
  if (changed) return changed.path;
  if (suspects.every(({ kind }) => kind !== 'folder')) return undefined;
  const present = new Set(entries.map(({ path }) => path));
  return Object.keys(originals).find((path) => !present.has(path));
}

function mayBeOfAnArm(seen: Seen, entry: Entry): boolean {
  if (entry.kind !== 'file') return false;
  if (entry.stat.nlink > 1) return true;
  const pristine = pristineOf(seen, entry);
  return pristine !== undefined && areSame(pristine, join(seen.family.frozen, entry.path));
}

/**
 * Restores the original content of every shared file of the frozen copy, and returns the copy's entries. Returns null if an unshared file
 * was changed, or if an entry is new or missing. Call `markMade` for the frozen copy after this function.
 * @throws frozen_changed: a shared file was changed, and no copy of its original content remains
 */
export async function mended(family: Family): Promise<Entry[] | null> {
  const seen = await look(family);
  if (trespassAmong(seen) !== undefined) return null;
  const shared = seen.suspects.filter((entry) => entry.kind === 'file' && entry.stat.nlink > 1);
  for (const entry of shared) mend(seen, entry);
  return shared.length > 0 ? entriesOf(family.frozen) : seen.entries;
}

/** Replaces the file by an untouched copy. The arm that shared the file keeps its changed version. */
function mend(seen: Seen, entry: Entry): void {
  const { frozen } = seen.family;
  const path = join(frozen, entry.path);
  const pristine = pristineOf(seen, entry);
  if (pristine === undefined) throw failure('frozen_changed', { path });
  const aside = `${frozen}.mended`;
  remove(aside);
  copyFile(pristine, aside);
  move(aside, path);
}

/** The path of another copy of the file, if that copy is unchanged since it was made. Undefined if no such copy exists. */
function pristineOf({ family, originals }: Seen, entry: Entry): string | undefined {
  const arm = family.arms.find((dir) => isUntouchedCopy(dir, entry));
  if (arm) return join(arm, entry.path);
  const original = join(family.project, entry.path);
  const stat = lstatSync(original, { throwIfNoEntry: false });
  return stat?.isFile() && originals[entry.path] === identityOf(stat) ? original : undefined;
}

/** Whether an arm has its own copy of this file, untouched since the arm was made. */
export function isUntouchedCopy(arm: string, { path, stat }: Entry, made = madeAt(arm)): boolean {
  if (made === undefined) return false;
  const found = lstatSync(join(arm, path), { throwIfNoEntry: false });
  if (!found?.isFile()) return false;
  return found.ino !== stat?.ino && found.ctimeMs <= made;
}

function areSame(a: string, b: string): boolean {
  const [one, other] = [lstatSync(a), lstatSync(b)];
  const sameTime = Math.abs(one.mtimeMs - other.mtimeMs) < 1; // copying a file can change its time by less than 1 ms
  const alike = one.size === other.size && one.mode === other.mode && sameTime;
  return alike && readFileSync(a).equals(readFileSync(b));
}
