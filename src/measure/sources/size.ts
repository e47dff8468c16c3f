import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { convert } from '../../core/units.ts';
import { readUserFile } from '../../core/user-file.ts';
import { type Absence, mapping } from './source.ts';

/**
 * The size of a file in bytes: as stored, or after the compression that a server would use. gzip needs an option for its best level. For
 * brotli, the default level is the best level.
 */
const sizeIn = {
  raw: async (path: string) => (await stat(path)).size,
  gzip: async (path: string) => (await promisify(gzip)(readUserFile(path), { level: 9 })).length,
  brotli: async (path: string) => (await promisify(brotliCompress)(readUserFile(path))).length,
};

export const size = mapping({
  about: 'The size of files in bytes, after the command has run.',
  fields: {
    size: {
      holds: 'path',
      about: 'A glob of the files whose sizes are added up, relative to the command’s working directory.',
      example: 'dist/**/*.js',
    },
    encoding: { oneOf: ['raw', 'gzip', 'brotli'], default: 'raw', about: 'As stored, or compressed.' },
  },
  unit: 'bytes',
  deterministic: true,
  argument: { word: 'size', placeholder: 'GLOB' },
  async read({ size, encoding }, { cwd }, unit): Promise<number | Absence> {
    const { glob } = await import('tinyglobby');
    const paths = await glob(size, { cwd, dot: true, absolute: true, followSymbolicLinks: false });
    if (paths.length === 0) return { expected: `files that match ${size}`, found: 'none' }; // without any file, the size is unknown, not 0
    let sum = 0;
    for (const path of paths) sum += await sizeIn[encoding](path);
    return convert(sum, 'bytes', unit);
  },
});
