import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  appendDurable,
  link,
  remove,
  removeEmptyDir,
  removeFile,
  temporaryDir,
  writeDurable,
} from '../../src/core/fs.ts';
import { temporaryFolder } from '../helpers/repository.ts';

it('a file is written atomically, its folders are made, and no temporary file is left', () => {
  const dir = temporaryFolder();
  const file = join(dir, 'a/b/c.md');
  writeDurable(file, 'first');
  writeDurable(file, new Uint8Array([0, 255]), 0o600);
  expect([...readFileSync(file)]).toEqual([0, 255]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, 'a/b'))).toEqual(['c.md']);
});

it('the old file does not change if the new one cannot replace it', () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, 'taken/inside'), { recursive: true });
  expect(() => writeDurable(join(dir, 'taken'), 'text')).toThrow();
  expect(readdirSync(dir)).toEqual(['taken']);
});

it('writing to a symbolic link replaces the link, not the file that it points to', () => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'target'), 'mine');
  symlinkSync('target', join(dir, 'file'));
  writeDurable(join(dir, 'file'), 'new');
  expect(readFileSync(join(dir, 'target'), 'utf8')).toBe('mine');
  expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('new');
});

it('appends to a file, links only once, and removes a missing file without an error', () => {
  const dir = temporaryFolder();
  const file = join(dir, 'log');
  expect(() => appendDurable(file, 'a\n')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  writeDurable(file, 'a\n');
  appendDurable(file, 'b\n');
  expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
  link(file, join(dir, 'other'));
  expect(() => link(file, join(dir, 'other'))).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  removeFile(file);
  removeFile(file);
  remove(file);
  expect(readdirSync(dir)).toEqual(['other']);
});

it('a folder is removed only if it is empty, and never as if it were a file', () => {
  const dir = temporaryDir(temporaryFolder(), 'x-');
  writeFileSync(join(dir, 'file'), '');
  expect(removeEmptyDir(dir)).toBe(false);
  expect(() => removeFile(dir)).toThrow();
  removeFile(join(dir, 'file'));
  expect(removeEmptyDir(dir)).toBe(true);
});
