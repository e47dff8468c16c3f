import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reapply, revert } from '../../src/git/revert.ts';
import { repository } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

test('a reverted attempt leaves every file, folder and mode as it was', async () => {
  const test = repository({ 'a.js': '1', 'gone/x.js': '1', 'old name.js': 'x', 'tool.sh': '1', 'keep/k': '1' });
  test.link('link', 'a.js');
  test.commit('link');
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('new/deep/ünï\nfile', '1');
    test.write('keep/-added', '1');
    test.remove('gone');
    test.git('mv', '--', 'old name.js', '-new name.js');
    test.write('tool.sh', '1', 0o755);
    test.remove('link');
    test.link('link', 'elsewhere');
  });
  const reverted = await revert(made.repo, made);
  expect(reverted).toEqual({
    restored: ['a.js', 'gone/x.js', 'link', 'old name.js', 'tool.sh'],
    removed: ['-new name.js', 'keep/-added', 'new/deep/ünï\nfile'],
    left: [],
  });
  expect(test.files()).toEqual(before);
  expect(test.git('status', '--porcelain')).toBe('');
  expect(await revert(made.repo, made)).toEqual(reverted);
  expect(test.files()).toEqual(before);
});

test('untracked files get their earlier content back, and are never removed', async () => {
  const test = repository({ 'a.js': '1' });
  test.write('notes.txt', 'mine');
  test.write('drafts/d.txt', 'mine');
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('notes.txt', 'theirs');
    test.remove('drafts');
    test.git('add', '--all');
  });
  expect(await revert(made.repo, made)).toEqual({ restored: ['drafts/d.txt', 'notes.txt'], removed: [], left: [] });
  expect(test.files()).toEqual(before);
  expect(test.git('ls-files', '--stage', 'drafts')).toBe('');
});

test('a file that was changed since stays and is named: content, mode, type, removed, made again', async () => {
  const test = repository({ a: '1', b: '1', c: '1', d: '1', e: '1', fine: '1' });
  const made = await attempted(test, () => {
    for (const path of ['a', 'b', 'c', 'e', 'fine']) test.write(path, '2');
    test.remove('d');
    test.write('new', '1');
  });
  test.write('a', '3');
  test.write('b', '2', 0o755);
  test.remove('c');
  test.link('c', 'a');
  test.write('d', 'made again');
  test.remove('e');
  test.write('new', 'taken over');
  const reverted = await revert(made.repo, made);
  expect(reverted).toEqual({ restored: ['fine'], removed: [], left: ['a', 'b', 'c', 'd', 'e', 'new'] });
  expect(test.files()).toEqual({
    a: '100644 3',
    b: '100755 2',
    c: '120000 a',
    d: '100644 made again',
    fine: '100644 1',
    new: '100644 taken over',
  });
});

test('entries that the agent staged are reset to HEAD; those that the user staged elsewhere stay', async () => {
  const test = repository({ 'a.js': '1', 'gone.js': '1', 'mine.js': '1' });
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.remove('gone.js');
    test.write('new.js', '1');
    test.git('add', '--all');
  });
  test.write('mine.js', 'staged');
  test.git('add', 'mine.js');
  await revert(made.repo, made);
  expect(test.git('status', '--porcelain')).toBe('M  mine.js');
});

test('files, folders and links that replaced each other are restored', async () => {
  const test = repository({ file: '1', 'folder/a': '1', 'linked/a': '1', 'other/a': '2' });
  const before = test.files();
  const made = await attempted(test, () => {
    test.remove('file');
    test.write('file/inside', '1');
    test.remove('folder');
    test.write('folder', '1');
    test.remove('linked');
    test.link('linked', 'other');
  });
  expect((await revert(made.repo, made)).left).toEqual([]);
  expect(test.files()).toEqual(before);
});

test('files of the user and ignored files in a folder of the attempt stay, and block files that need their place', async () => {
  const test = repository({ file: '1', '.gitignore': '*.log\n' });
  const made = await attempted(test, () => {
    test.remove('file');
    test.write('file/inside', '1');
    test.write('new/x', '1');
  });
  test.write('file/mine.log', '1');
  test.write('new/mine.log', '1');
  const reverted = await revert(made.repo, made);
  expect(reverted).toEqual({ restored: [], removed: ['file/inside', 'new/x'], left: ['file'] });
  expect(Object.keys(test.files())).toEqual(['.gitignore', 'file/mine.log', 'new/mine.log']);
});

test('perf-gate never writes through a link that the user put in place of a folder', async () => {
  const test = repository({ 'folder/a': '1', 'other/a': 'user' });
  const made = await attempted(test, () => test.remove('folder'));
  test.link('folder', 'other');
  expect(await revert(made.repo, made)).toEqual({ restored: [], removed: [], left: ['folder/a'] });
  expect(test.read('other/a')).toBe('user');
});

test('ignored files and empty folders of the user are left alone', async () => {
  const test = repository({ '.gitignore': 'build/\n', 'a.js': '1' });
  test.write('build/out', '1');
  mkdirSync(join(test.root, 'empty'));
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('build/out', '2');
  });
  await revert(made.repo, made);
  expect(test.read('build/out')).toBe('2');
  expect(statSync(join(test.root, 'empty')).isDirectory()).toBe(true);
});

test('the folder that perf-gate works in stays, even if only the attempt filled it', async () => {
  const test = repository({ 'a.js': '1' });
  mkdirSync(join(test.root, 'packages/app'), { recursive: true });
  const made = await attempted(test, () => test.write('packages/app/deep/x', '1'), 'packages/app');
  await revert(made.repo, made);
  expect(test.files()).toEqual({ 'a.js': '100644 1', 'packages/app/': '' });
});

test('a kept attempt can be applied again', async () => {
  const test = repository({ 'a.js': '1', 'b.js': '1' });
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('b.js', '2');
    test.write('new.js', '1');
  });
  await revert(made.repo, made);
  test.write('b.js', 'mine');
  expect(await reapply(made.repo, made)).toEqual({ applied: ['a.js', 'new.js'], left: ['b.js'] });
  expect(test.files()).toEqual({ 'a.js': '100644 2', 'b.js': '100644 mine', 'new.js': '100644 1' });
});
