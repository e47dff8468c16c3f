import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dirtyFiles, head, openRepo, operationInProgress, resolveCommit } from '../../src/git/repo.ts';
import { OLDEST_GIT } from '../../src/git/version.ts';
import { at, repository, temporaryFolder } from '../helpers/repository.ts';

test('a project in a sub-folder knows its root and its prefix', async () => {
  const test = repository({ 'packages/my app/a.js': '1' });
  const repo = await openRepo(join(test.root, 'packages/my app'));
  expect(repo).toEqual({
    root: test.root,
    gitDir: join(test.root, '.git'),
    project: join(test.root, 'packages/my app'),
    prefix: 'packages/my app/',
  });
});

test('a project reached through a link is opened at its real path', async () => {
  const test = repository({ 'a.js': '1' });
  const link = join(temporaryFolder(), 'link');
  symlinkSync(test.root, link);
  expect(await openRepo(link)).toMatchObject({ root: test.root, project: test.root, prefix: '' });
});

test('what cannot be worked in is refused by name', async () => {
  const folder = temporaryFolder();
  await expect(openRepo(folder)).rejects.toMatchObject({ code: 'not_a_repository' });
  await expect(openRepo(join(folder, 'missing'))).rejects.toMatchObject({ code: 'not_a_repository' });
  const test = repository({});
  await expect(openRepo(join(test.root, '.git'))).rejects.toMatchObject({ code: 'not_a_repository' });
  test.git('init', '--quiet', '--bare', join(folder, 'bare'));
  await expect(openRepo(join(folder, 'bare'))).rejects.toMatchObject({ code: 'bare_repository' });
  test.git('init', '--quiet', join(folder, 'empty'));
  await expect(openRepo(join(folder, 'empty'))).rejects.toMatchObject({ code: 'no_commit' });
});

test('a git that is too old is refused at the door', async () => {
  const test = repository({ 'a.js': '1' });
  const bin = temporaryFolder();
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const answers = (version: string) =>
    `#!/bin/sh\nfor last; do :; done\n[ "$last" = version ] && exec echo 'git version ${version}'\nexec ${real} "$@"\n`;
  const { PATH } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  try {
    writeFileSync(join(bin, 'git'), answers('2.30.2'), { mode: 0o755 });
    const refused = { code: 'git_too_old', message: `git 2.30.2 is too old: perf-gate needs ${OLDEST_GIT} or later.` };
    await expect(openRepo(test.root)).rejects.toMatchObject(refused);
    for (const version of [OLDEST_GIT, '2.39.5 (Apple Git-154)', '3.0.0', 'unknown']) {
      writeFileSync(join(bin, 'git'), answers(version), { mode: 0o755 });
      expect(await openRepo(test.root)).toMatchObject({ root: test.root });
    }
  } finally {
    process.env.PATH = PATH;
  }
});

test('where a git hook or an alias points git does not matter', async () => {
  const test = repository({ 'a.js': '1' });
  const other = repository({ 'b.js': '1' });
  process.env.GIT_DIR = join(other.root, '.git');
  process.env.GIT_INDEX_FILE = join(other.root, '.git/index');
  process.env.GIT_WORK_TREE = other.root;
  try {
    expect(await openRepo(test.root)).toMatchObject({ root: test.root });
    expect(await dirtyFiles(await openRepo(test.root))).toEqual([]);
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
    delete process.env.GIT_WORK_TREE;
  }
});

test('head tells the branch, or that there is none', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  const commit = test.git('rev-parse', 'HEAD');
  test.git('checkout', '--quiet', '-b', 'feature/x');
  expect(await head(repo)).toEqual({ commit, branch: 'feature/x' });
  test.git('checkout', '--quiet', '--detach');
  expect(await head(repo)).toEqual({ commit, branch: null });
});

test('a revision is never taken for an option', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  const commit = test.git('rev-parse', 'HEAD');
  expect(await resolveCommit(repo, 'main')).toBe(commit);
  expect(await resolveCommit(repo, commit.slice(0, 8))).toBe(commit);
  for (const revision of ['--all', '--output=x', '-h', 'nowhere', '', 'HEAD:a.js', 'main\0', 'a b']) {
    await expect(resolveCommit(repo, revision)).rejects.toMatchObject({ code: 'unknown_revision' });
  }
});

test('tracked files that differ from the index or from HEAD are dirty; perf-gate’s own files are not', async () => {
  const test = repository({ 'a.js': '1', 'b c.js': '1', 'd.js': '1', 'é.js': '1', '.perf-gate/config.yaml': 'a: 1' });
  const repo = await openRepo(test.root);
  expect(await dirtyFiles(repo)).toEqual([]);
  test.write('b c.js', '2');
  test.write('é.js', '2');
  test.git('add', 'é.js');
  test.git('mv', 'a.js', 'moved.js');
  test.remove('d.js');
  test.write('untracked.js', '1');
  test.write('.perf-gate/config.yaml', 'a: 2');
  expect(await dirtyFiles(repo)).toEqual(['a.js', 'b c.js', 'd.js', 'moved.js', 'é.js']);
});

/** What leaves an operation open over two branches that change the same line. */
const operations: [name: string, ...begin: string[]][] = [
  ['merge', 'merge', 'other'],
  ['rebase', 'rebase', 'other'],
  ['cherry-pick', 'cherry-pick', 'other'],
  ['revert', 'revert', '--no-edit', 'HEAD~1'],
  ['cherry-pick', 'cherry-pick', 'other~1', 'other'],
  ['bisect', 'bisect', 'start'],
];
test.for(operations)('an unfinished operation of the user is named: %s', async ([name, ...begin]) => {
  const test = repository({ 'a.js': '1' });
  test.git('checkout', '--quiet', '-b', 'other');
  for (const text of ['2', '3']) {
    test.write('a.js', text);
    test.commit(text);
  }
  test.git('checkout', '--quiet', 'main');
  for (const text of ['4', '5']) {
    test.write('a.js', text);
    test.commit(text);
  }
  const repo = await openRepo(test.root);
  expect(operationInProgress(repo)).toBe(null);
  try {
    test.git(...begin);
  } catch {
    // it stops at the conflict
  }
  expect(operationInProgress(repo)).toBe(name);
});

test('an operation in another worktree of the repository does not count', async () => {
  const test = repository({ 'a.js': '1' });
  const tree = join(temporaryFolder(), 'tree');
  test.git('worktree', 'add', '--quiet', tree, '-b', 'side');
  at(tree).git('bisect', 'start');
  expect(operationInProgress(await openRepo(test.root))).toBe(null);
  expect(operationInProgress(await openRepo(tree))).toBe('bisect');
});
