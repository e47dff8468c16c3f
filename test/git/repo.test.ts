import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dirtyFiles, head, openRepo, operationInProgress, resolveCommit } from '../../src/git/repo.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

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

test('where a git hook or an alias points git does not matter', async () => {
  const test = repository({ 'a.js': '1' });
  const other = repository({ 'b.js': '1' });
  process.env.GIT_DIR = join(other.root, '.git');
  process.env.GIT_INDEX_FILE = join(other.root, '.git/index');
  try {
    expect(await openRepo(test.root)).toMatchObject({ root: test.root });
    expect(await dirtyFiles(await openRepo(test.root))).toEqual([]);
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
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

test('dirty are tracked files that differ from the index or from HEAD, and nothing of ours', async () => {
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

test('an operation that the user has begun is named', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  expect(operationInProgress(repo)).toBe(null);
  test.git('checkout', '--quiet', '-b', 'other');
  test.write('a.js', '2');
  test.commit('two');
  test.git('checkout', '--quiet', 'main');
  test.write('a.js', '3');
  test.commit('three');
  expect(() => test.git('merge', 'other')).toThrow();
  expect(operationInProgress(repo)).toBe('merge');
});
