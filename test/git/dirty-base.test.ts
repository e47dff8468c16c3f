import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreHead, startBranch } from '../../src/git/branch.ts';
import { commitDirty, restoreIndex } from '../../src/git/dirty-base.ts';
import { head, openRepo } from '../../src/git/repo.ts';
import { repository } from '../helpers/repository.ts';

/** A repository with every kind of change, on the run's branch. */
async function dirty() {
  const test = repository({
    'a.js': '1',
    'b.js': '1',
    'gone.js': '1',
    'unstaged-gone.js': '1',
    '.gitignore': '*.log\n',
  });
  test.write('a.js', 'staged');
  test.write('staged.js', '1');
  test.remove('gone.js');
  test.git('add', '--all');
  test.write('a.js', 'on disk');
  test.write('b.js', 'on disk', 0o755);
  test.remove('unstaged-gone.js');
  test.write('untracked.js', '1');
  test.write('intended.js', '1');
  test.git('add', '--intent-to-add', 'intended.js');
  test.write('x.log', '1');
  const before = { files: test.files(), status: test.git('status', '--porcelain'), index: index(test.root) };
  const repo = await openRepo(test.root);
  const from = await head(repo);
  const branch = 'perf-gate/x';
  await startBranch(repo, { run: 'r', branch, from });
  return { test, before, repo, from, branch, given: { run: 'r', branch, tip: from.commit } };
}
const index = (root: string) => readFileSync(join(root, '.git/index'), 'latin1');

test('the dirty state of tracked files becomes the first commit, after which no file is dirty', async () => {
  const { test, before, repo, from, given } = await dirty();
  const tip = await commitDirty(repo, given);
  expect(test.git('log', '-1', '--format=%H %P %s')).toBe(`${tip} ${from.commit} perf-gate: base`);
  expect(test.git('ls-tree', '-r', '--name-only', tip)).toBe('.gitignore\na.js\nb.js\nintended.js\nstaged.js');
  expect(test.git('show', `${tip}:a.js`)).toBe('on disk');
  expect(test.git('status', '--porcelain')).toBe('?? untracked.js');
  expect(test.files()).toEqual(before.files);
  expect(await commitDirty(repo, given)).toBe(tip);
  expect(test.git('rev-parse', 'main')).toBe(from.commit);
});

test('HEAD and the index are restored byte for byte, and no file is written', async () => {
  const { test, before, repo, from, branch, given } = await dirty();
  const tip = await commitDirty(repo, given);
  for (let twice = 0; twice < 2; twice++) {
    expect(await restoreIndex(repo, { run: 'r', tip })).toBe(true);
    expect(await restoreHead(repo, { branch, tip, from })).toBe(true);
    expect(index(test.root)).toEqual(before.index);
  }
  expect(test.git('status', '--porcelain')).toBe(before.status);
  expect(test.git('show', ':a.js')).toBe('staged');
  expect(test.files()).toEqual(before.files);
});

test('after a crash between commit and index, the same call continues', async () => {
  const { test, before, repo, given } = await dirty();
  const tip = await commitDirty(repo, given);
  await restoreIndex(repo, { run: 'r', tip }); // the index as the crash would leave it
  expect(index(test.root)).toEqual(before.index);
  expect(await commitDirty(repo, given)).toBe(tip);
  expect(test.git('status', '--porcelain')).toBe('?? untracked.js');
});

test('an index with newly staged changes is not replaced', async () => {
  const { test, repo, given } = await dirty();
  const tip = await commitDirty(repo, given);
  test.write('b.js', 'newer');
  test.git('add', 'b.js');
  const now = index(test.root);
  expect(await restoreIndex(repo, { run: 'r', tip })).toBe(false);
  expect(index(test.root)).toEqual(now);
});

test('a change in the same second as the restored index is still seen', async () => {
  const test = repository({ 'a.js': 'one' });
  test.write('a.js', 'two');
  test.git('add', 'a.js');
  const repo = await openRepo(test.root);
  const tip = await commitDirty(repo, { run: 'r', branch: 'main', tip: (await head(repo)).commit });
  expect(await restoreIndex(repo, { run: 'r', tip })).toBe(true);
  test.write('a.js', 'six');
  expect(test.git('diff', '--name-only')).toBe('a.js');
});

test('an index with conflicts is refused', async () => {
  const test = repository({ 'a.js': '1' });
  const blob = test.git('rev-parse', 'HEAD:a.js');
  test.git('update-index', '--force-remove', 'a.js');
  const repo = await openRepo(test.root);
  for (const stage of ['1', '2', '3']) await conflictEntry(test.root, `100644 ${blob} ${stage}\ta.js\n`);
  const asked = commitDirty(repo, { run: 'r', branch: 'main', tip: (await head(repo)).commit });
  await expect(asked).rejects.toMatchObject({ code: 'git_operation_in_progress' });
});

async function conflictEntry(root: string, line: string): Promise<void> {
  const { run } = await import('../../src/core/exec.ts');
  const done = await run('git', ['update-index', '--index-info'], { cwd: root, input: line });
  expect(done.exitCode).toBe(0);
}

test('a split index is kept whole', async () => {
  const { test, before, repo, given } = await dirty();
  test.git('update-index', '--split-index');
  const tip = await commitDirty(repo, given);
  expect(await restoreIndex(repo, { run: 'r', tip })).toBe(true);
  expect(test.git('rev-parse', '--shared-index-path')).toBe('');
  test.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  expect(test.git('status', '--porcelain')).toBe(before.status);
});
