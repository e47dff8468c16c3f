import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../src/git/repo.ts';
import { snapshot } from '../../src/git/snapshot.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const ref = 'refs/perf-gate/r/base';
const take = async (test: TestRepository, parent = test.git('rev-parse', 'HEAD')) =>
  snapshot(await openRepo(test.root), { ref, message: 'base', parent });
const paths = (test: TestRepository, tree: string) =>
  test.git('ls-tree', '-r', '-z', '--name-only', tree).split('\0').filter(Boolean);

test('a snapshot holds tracked and untracked files as they are on disk, whatever is staged', async () => {
  const test = repository({ 'a.js': '1', 'gone.js': '1', 'staged.js': '1', 'tool.sh': '#!/bin/sh\n' });
  test.write('a.js', '2');
  test.remove('gone.js');
  test.write('staged.js', 'staged');
  test.git('add', 'staged.js');
  test.write('staged.js', 'on disk');
  test.write('tool.sh', '#!/bin/sh\n', 0o755);
  const odd = ['new folder/-dash', 'new folder/line\nbreak', 'new folder/tab\t"q"\\', 'ünï/日本'];
  for (const path of odd) test.write(path, path);
  test.link('link', 'nowhere');
  const { commit, tree } = await take(test);
  expect(test.git('rev-parse', ref)).toBe(commit);
  expect(paths(test, tree).sort()).toEqual(['a.js', 'link', ...odd, 'staged.js', 'tool.sh'].sort());
  expect(test.git('show', `${tree}:a.js`)).toBe('2');
  expect(test.git('show', `${tree}:staged.js`)).toBe('on disk');
  expect(test.git('ls-tree', tree, 'tool.sh', 'link')).toMatch(/^120000.*link\n100755.*tool.sh$/);
});

test('the user’s files, index, HEAD, branches and stash stay unchanged', async () => {
  const test = repository({ 'a.js': '1', 'b.js': '1' });
  test.write('b.js', 'stashed');
  test.git('stash');
  test.write('a.js', '2');
  test.git('add', 'a.js');
  test.write('a.js', '3');
  test.write('new.js', '1');
  const seen = () => ({
    files: test.files(),
    index: readFileSync(join(test.root, '.git/index')),
    head: readFileSync(join(test.root, '.git/HEAD'), 'utf8'),
    refs: test.git('for-each-ref').replace(/.*refs\/perf-gate.*\n?/g, ''),
    stash: test.git('stash', 'list'),
  });
  const before = seen();
  await take(test);
  expect(seen()).toEqual(before);
});

test('ignored files, perf-gate’s own files, nested repositories, sockets and FIFOs are left out', async () => {
  const test = repository({
    '.gitignore': 'ignored/\n*.log\n',
    '.perf-gate/config.yaml': '1',
    'sub/.perf-gate/x': '1',
  });
  test.write('ignored/x', '1');
  test.write('a.log', '1');
  test.write('.perf-gate/config.yaml', '2');
  test.write('.perf-gate/runs/r/run.md', '1');
  test.write('sub/.perf-gate/local/lock', '1');
  test.git('init', '--quiet', 'empty-repository');
  test.git('worktree', 'add', '--quiet', 'tree', '-b', 'other');
  execFileSync('mkfifo', [join(test.root, 'fifo')]);
  const { tree } = await take(test);
  expect(paths(test, tree)).toEqual(['.gitignore', '.perf-gate/config.yaml', 'sub/.perf-gate/x']);
  expect(test.git('show', `${tree}:.perf-gate/config.yaml`)).toBe('1');
});

test('a file becomes a folder, a folder a file, a folder a link', async () => {
  const test = repository({ file: '1', 'folder/a': '1', 'linked/a': '1', 'other/a': '1' });
  test.remove('file');
  test.write('file/inside', '1');
  test.remove('folder');
  test.write('folder', '1');
  test.remove('linked');
  test.link('linked', 'other');
  const { tree } = await take(test);
  expect(paths(test, tree)).toEqual(['file/inside', 'folder', 'linked', 'other/a']);
});

test('a second snapshot of the same files is the same commit; after changes the ref moves', async () => {
  const test = repository({ 'a.js': '1' });
  const first = await take(test);
  expect(await take(test)).toEqual(first);
  test.write('a.js', '2');
  const second = await take(test);
  expect(second.commit).not.toBe(first.commit);
  expect(test.git('rev-parse', ref)).toBe(second.commit);
});

test('a formerly ignored file is left out when an attempt removes the rule, so that no secret counts as its work', async () => {
  const test = repository({ '.gitignore': '.env\n*.tmp\n', 'sub/.gitignore': 'local\n' });
  test.write('.env', 'SECRET=1');
  test.write(':(top)é\n.tmp', '1');
  test.write('sub/local', '1');
  const base = await take(test);
  test.write('.gitignore', '# nothing\n');
  test.remove('sub/.gitignore');
  test.write('new.js', '1');
  test.git('add', '--all');
  const { tree } = await take(test, base.commit);
  expect(paths(test, tree)).toEqual(['.gitignore', 'new.js']);
});

test('a file that an attempt adds despite the ignore rules is left out, and one that it hides by new rules is included', async () => {
  const test = repository({ '.gitignore': '*.log\n' });
  test.write('notes.txt', '1');
  test.write('secret.log', '1');
  const base = await take(test);
  test.git('add', '--force', 'secret.log');
  test.write('.gitignore', '*.log\n*.txt\n');
  test.write('notes.txt', '2');
  const { tree } = await take(test, base.commit);
  expect(paths(test, tree)).toEqual(['.gitignore', 'notes.txt']);
  expect(test.git('show', `${tree}:notes.txt`)).toBe('2');
});

test('a change of the same size within the same second is seen', async () => {
  for (let i = 0; i < 5; i++) {
    const test = repository({ 'a.js': 'one' });
    test.write('a.js', 'two');
    const { tree } = await take(test);
    expect(test.git('show', `${tree}:a.js`)).toBe('two');
    expect(statSync(join(test.root, 'a.js')).size).toBe(3);
  }
});

test('an index with conflicts, an intent to add and a split index are no obstacle', async () => {
  const test = repository({ 'a.js': '1' });
  test.git('checkout', '--quiet', '-b', 'other');
  test.write('a.js', '2');
  test.commit('two');
  test.git('checkout', '--quiet', 'main');
  test.write('a.js', '3');
  test.commit('three');
  test.git('update-index', '--split-index');
  expect(() => test.git('merge', 'other')).toThrow();
  test.write('later.js', '1');
  test.git('add', '--intent-to-add', 'later.js');
  const { tree } = await take(test);
  expect(paths(test, tree)).toEqual(['a.js', 'later.js']);
  expect(test.git('show', `${tree}:a.js`)).toContain('<<<<<<<');
});
