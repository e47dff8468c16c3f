import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';
import { entriesOf } from './retention.ts';

/** An object by its hash, and its file. */
export type ObjectFile = { id: string; file: string };

/** Files called by a hash, as hexadecimal digits; the first folders of the path may hold a part of it. */
const isId = (id: string): boolean => /^[0-9a-f]{32,128}$/.test(id);
const anyId = /[0-9a-f]{32,128}/g;

/** A list of files is shorter than this; nothing longer is searched for hashes. */
const MOST_BYTES = 16 * 1024 ** 2;

/** The objects of a folder. Links and files with other names are none. */
export function objectsIn(folder: string, before = ''): ObjectFile[] {
  return entriesOf(folder).flatMap((name) => {
    const [id, file] = [`${before}${name}`, join(folder, name)];
    if (lstatSync(file).isFile()) return isId(id) ? [{ id, file }] : [];
    return /^[0-9a-f]{2,8}$/.test(name) && before.length < 16 ? objectsIn(file, id) : [];
  });
}

/**
 * The hashes that baselines name, and those that objects named by them name in turn.
 * @throws Error: a baseline cannot be read, so that nothing is known to be free
 */
export const idsInUse = (baselines: string, objects: readonly ObjectFile[]): Set<string> =>
  idsNamedBy(
    entriesOf(baselines).map((name) => textOf(join(baselines, name))),
    objects,
  );

/** The same of texts. A number that only looks like a hash keeps an object longer than needed, and costs no more. */
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
