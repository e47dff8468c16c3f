import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Absence } from './source.ts';

type Encoding = 'raw' | 'gzip' | 'brotli';

/** Bytes of a file as a server would send it: gzip at its best level, brotli at its default, which is its best. */
const sizeIn: Record<Encoding, (file: string) => Promise<number>> = {
  raw: async (file) => (await stat(file)).size,
  gzip: async (file) => (await promisify(gzip)(await readFile(file), { level: 9 })).length,
  brotli: async (file) => (await promisify(brotliCompress)(await readFile(file))).length,
};

/** The sizes of all files that match, added up, in bytes. A glob that matches nothing has no size, not the size 0. */
export async function sizeOf(glob: string, encoding: Encoding, cwd: string): Promise<number | Absence> {
  const { glob: find } = await import('tinyglobby');
  const files = await find(glob, { cwd, dot: true, absolute: true, followSymbolicLinks: false });
  if (files.length === 0) return { expected: `files that match ${glob}`, found: 'none' };
  let sum = 0;
  for (const file of files) sum += await sizeIn[encoding](file);
  return sum;
}
