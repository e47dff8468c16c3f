import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';
import { entriesOf } from './retention.ts';

/** The hash of a stored object, and the object's file. */
export type ObjectFile = { id: string; file: string };

/** Whether a name is a hash in hexadecimal digits. In a path such as `ab/cdef…`, the first digits of the hash are the name of a folder. */
const isId = (id: string): boolean => /^[0-9a-f]{32,128}$/.test(id);
const anyId = /[0-9a-f]{32,128}/g;

/** The size in bytes of the largest object that is searched for hashes. Lists of files, which contain the hashes, are smaller. */
const MOST_BYTES = 16 * 1024 ** 2;

/** The stored objects in a folder. Links and files with other names are ignored. */
export function objectsIn(folder: string, before = ''): ObjectFile[] {
  return entriesOf(folder).flatMap((name) => {
    const [id, file] = [`${before}${name}`, join(folder, name)];
    if (lstatSync(file).isFile()) return isId(id) ? [{ id, file }] : [];
    return /^[0-9a-f]{2,8}$/.test(name) && before.length < 16 ? objectsIn(file, id) : [];
  });
}

/**
 * The hashes of all objects that a baseline uses, directly or through another object.
 * @throws Error: a baseline cannot be read, so it is not safe to remove any object
 */
export const idsInUse = (baselines: string, objects: readonly ObjectFile[]): Set<string> =>
  idsNamedBy(
    entriesOf(baselines).map((name) => textOf(join(baselines, name))),
    objects,
  );

/**
 * The hashes of all stored objects that occur in these texts, or in another object whose hash occurs there. A number that looks like a hash
 * does no harm: at worst, an object is kept longer than needed.
 */
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
