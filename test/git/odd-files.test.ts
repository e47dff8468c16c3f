import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { freeze } from '../../src/git/freeze.ts';
import { openRepo } from '../../src/git/repo.ts';
import { revert } from '../../src/git/revert.ts';
import { filesUnder, repository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

test('a rename that changes only the case is kept and reverted', async () => {
  const test = repository({ 'Readme.md': '1', 'Lib/a.js': '1' });
  const before = test.files();
  const edit = () => {
    renameSync(join(test.root, 'Readme.md'), join(test.root, 'README.md'));
    renameSync(join(test.root, 'Lib'), join(test.root, 'lib'));
  };
  const first = await attempted(test, edit);
  await revert(first.repo, first);
  expect(test.files()).toEqual(before);
  const made = await attempted(test, edit);
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('ls-tree', '-r', '--name-only', commit!)).toBe('README.md\nlib/a.js');
  expect(test.git('status', '--porcelain')).toBe('');
});

test('sockets stay out of snapshots and copies, and are named', async () => {
  const test = repository({ 'a.js': '1' });
  const server = createServer().listen(join(test.root, 'app.sock'));
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const made = await attempted(test, () => test.write('a.js', '2'));
  expect(test.git('ls-tree', '-r', '--name-only', made.attempt)).toBe('a.js');
  const { skipped } = await freeze(await openRepo(test.root), join(temporaryFolder(), 'copy'));
  expect(skipped).toEqual(['app.sock']);
  await revert(made.repo, made);
  expect(test.files()).toEqual({ 'a.js': '100644 1', 'app.sock': 'special' });
});

/** A path that is no UTF-8. */
const latin = (root: string, name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);

test('a path that is not UTF-8 is ignored while it is unchanged, and refused by name when it changes', async () => {
  const test = repository({ 'a.js': '1', '.gitignore': 'ignored*\n' });
  writeFileSync(latin(test.root, 'caf\xe9'), '1');
  test.commit('tracked');
  writeFileSync(latin(test.root, 'ignored\xe9'), '1');
  const made = await attempted(test, () => test.write('a.js', '2'));
  expect((await revert(made.repo, made)).left).toEqual([]);
  const refusal = { code: 'path_not_utf8', message: expect.stringContaining('caf\uFFFD') };
  await expect(attempted(test, () => writeFileSync(latin(test.root, 'caf\xe9'), '2'))).rejects.toMatchObject(refusal);
  test.git('checkout', '--', '.');
  await expect(attempted(test, () => unlinkSync(latin(test.root, 'caf\xe9')))).rejects.toMatchObject(refusal);
  test.git('checkout', '--', '.');
  writeFileSync(latin(test.root, 'new-caf\xe9'), '1');
  await expect(attempted(test, () => {})).rejects.toMatchObject(refusal);
});

test('files, folders and links whose names are not UTF-8 cannot be copied, and are named', async () => {
  const test = repository({ 'a.js': '1' });
  writeFileSync(latin(test.root, 'file\xe9'), '1');
  mkdirSync(latin(test.root, 'folder\xe9'));
  writeFileSync(latin(test.root, 'folder\xe9/inside'), '1');
  symlinkSync('a.js', latin(test.root, 'link\xe9'));
  const dir = join(temporaryFolder(), 'copy');
  const { skipped } = await freeze(await openRepo(test.root), dir);
  expect(skipped).toEqual(['file\uFFFD', 'folder\uFFFD', 'link\uFFFD']);
  expect(filesUnder(dir)).toEqual({ 'a.js': '100644 1' });
});
