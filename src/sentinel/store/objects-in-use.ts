import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';
import { entriesOf } from './retention.ts';

/** An object by its hash, and its file. */
export type ObjectFile = { id: string; file: string };

/** Whether a name is a hash in hexadecimal digits; the first folders of the path may hold a part of it. */
const isId = (id: string): boolean => /^[0-9a-f]{32,128}$/.test(id);
const anyId = /[0-9a-f]{32,128}/g;

/** The longest object that is searched for hashes; lists of files are shorter. */
const MOST_BYTES = 16 * 1024 ** 2;

/** The objects of a folder. Links and files with other names are ignored. */
export function objectsIn(folder: string, before = ''): ObjectFile[] {
  return entriesOf(folder).flatMap((name) => {
    const [id, file] = [`${before}${name}`, join(folder, name)];
    if (lstatSync(file).isFile()) return isId(id) ? [{ id, file }] : [];
    return /^[0-9a-f]{2,8}$/.test(name) && before.length < 16 ? objectsIn(file, id) : [];
  });
}

/**
 * The hashes that baselines name, and those that objects named by them name in turn.
 * @throws Error: a baseline cannot be read, so that no object may be removed
 */
export const idsInUse = (baselines: string, objects: readonly ObjectFile[]): Set<string> =>
  idsNamedBy(
    entriesOf(baselines).map((name) => textOf(join(baselines, name))),
    objects,
  );

/** The hashes that texts name, directly or through objects. A number that looks like a hash only keeps an object longer than needed. */
export function idsNamedBy(naming: readonly string[], objects: readonly ObjectFile[]): Set<string> {
  const files = new Map(objects.map(({ id, file }) => [id, file]));
  const used = new Set<string>();
  const texts = [...naming];
  for (const text of texts)
    for (const [id] of text.matchAll(anyId)) {
      const file = files.get(id);
      if (used.has(id) || file === undefined) continue;
      used.add(id);
      if (lstatSync(file).size <= MOST_BYTES) texts.push(textOf(file));
    }
  return used;
}

const textOf = (file: string): string => readUserFile(file).toString('utf8');
