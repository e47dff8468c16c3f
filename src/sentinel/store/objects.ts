import { dirname, join, posix } from 'node:path';
import { z } from 'zod';
import { makeDir, makeLink, setMode, truncate, writeDurable, writeWhole } from '../../core/fs.ts';
import { sha256 } from '../../core/hash.ts';
import { readUserFile } from '../../core/user-file.ts';
import { type Entry, type LeftOut, readTree, staysInside } from './tree.ts';

/**
 * The folder `objects`: copies of files and folders. Each copy is named by the SHA-256 of its content, and is stored once. A folder is
 * stored as a list of its entries. The list is an object too. Objects never change. The content of an object is checked against its name
 * when the object is read.
 */
export type Objects = string;

const objectOf = (objects: Objects, hash: string) => join(objects, hash.slice(0, 2), hash.slice(2));

const hashPattern = /^[0-9a-f]{64}$/;

/**
 * Stores bytes durably. Only this user can read the copies, because hooks possibly contain private data. The modification time of an
 * existing object is set to the present time, so that `clean` treats the object as used. A damaged object is written again, because a
 * baseline possibly needs it for comparisons.
 */
function keep(objects: Objects, bytes: string | Buffer): string {
  const hash = sha256(bytes);
  const file = objectOf(objects, hash);
  if (objectBytes(objects, hash)) {
    truncate(file, Buffer.byteLength(bytes)); // keeps the length, and sets the file's time by the kernel's clock
    return hash;
  }
  makeDir(dirname(file), 0o700);
  writeDurable(file, bytes, 0o600);
  return hash;
}

/** The bytes of an object. Undefined if the object is gone, or if its content does not match its name. */
export function objectBytes(objects: Objects, hash: string): Buffer | undefined {
  if (!hashPattern.test(hash)) return undefined;
  try {
    const bytes = readUserFile(objectOf(objects, hash));
    return sha256(bytes) === hash ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** A stored folder or file, and the parts of the folder that were left out. `refused`: why nothing was stored. */
export type KeptObject = { hash: string; left_out: LeftOut[] } | { refused: string };

export function keepFolder(objects: Objects, folder: string): KeptObject {
  const tree = readTree(folder, (bytes) => keep(objects, bytes));
  if ('refused' in tree) return tree;
  return { hash: keep(objects, listOf(tree.entries)), left_out: tree.left_out };
}

export function keepFile(objects: Objects, file: string): KeptObject {
  try {
    return { hash: keep(objects, readUserFile(file, 64 * 1024 ** 2)), left_out: [] };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

const listOf = (entries: readonly Entry[]) => JSON.stringify({ entries });

const pathSchema = z.string().refine((path) => path !== '.' && posix.normalize(path) === path && staysInside('', path));
const hashSchema = z.string().regex(hashPattern);
const listSchema = z.object({
  entries: z
    .array(
      z.union([
        z.strictObject({ path: pathSchema, hash: hashSchema, executable: z.boolean() }),
        z.strictObject({ path: pathSchema, link: z.string() }).refine(({ path, link }) => staysInside(path, link)),
      ]),
    )
    // an entry below a link is invalid, because its file would be written elsewhere
    .refine((all) => !all.some((one) => 'link' in one && all.some(({ path }) => path.startsWith(`${one.path}/`)))),
});

/** The entries of a stored folder. Undefined if one of the folder's objects is gone. */
export function entriesOf(objects: Objects, hash: string): Entry[] | undefined {
  const bytes = objectBytes(objects, hash);
  if (!bytes) return undefined;
  try {
    return listSchema.parse(JSON.parse(bytes.toString('utf8'))).entries;
  } catch {
    return undefined;
  }
}

/** Writes a stored folder to a new path. Returns false if a part of the folder is gone. */
export function layFolder(objects: Objects, hash: string, to: string): boolean {
  const entries = entriesOf(objects, hash);
  if (!entries) return false;
  makeDir(to);
  for (const entry of entries) if ('hash' in entry && !layFile(objects, entry, join(to, entry.path))) return false;
  for (const entry of entries)
    if ('link' in entry) {
      makeDir(dirname(join(to, entry.path)));
      makeLink(entry.link, join(to, entry.path));
    }
  return true;
}

/** Writes a stored file to a new path. Returns false if the file's object is gone. */
export function layFile(objects: Objects, f: { hash: string; executable: boolean }, to: string): boolean {
  const bytes = objectBytes(objects, f.hash);
  if (!bytes) return false;
  writeWhole(to, bytes);
  setMode(to, f.executable ? 0o755 : 0o644);
  return true;
}
