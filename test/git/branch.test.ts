import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreHead, startBranch } from '../../src/git/branch.ts';
import { head, openRepo } from '../../src/git/repo.ts';
import { repository } from '../helpers/repository.ts';

const branch = 'perf-gate/faster-sort';

test('the run’s branch starts at HEAD, with index and files as they were, and the way back is the same', async () => {
  const test = repository({ 'a.js': '1' });
  test.write('untracked.js', '1');
  const repo = await openRepo(test.root);
  const from = await head(repo);
  const seen = () => [test.files(), readFileSync(join(test.root, '.git/index'))];
  const before = seen();
  await startBranch(repo, { run: 'r', branch, from });
  await startBranch(repo, { run: 'r', branch, from });
  expect(await head(repo)).toEqual({ commit: from.commit, branch });
  expect(await restoreHead(repo, { branch, tip: from.commit, from })).toBe(true);
  expect(await restoreHead(repo, { branch, tip: from.commit, from })).toBe(true);
  expect(await head(repo)).toEqual(from);
  expect(test.git('rev-parse', branch)).toBe(from.commit);
  expect(seen()).toEqual(before);
});

test('after a crash between making and checking out, the same run goes on and another one is refused', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  const from = await head(repo);
  await startBranch(repo, { run: 'r', branch, from });
  test.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await expect(startBranch(repo, { run: 'other', branch, from })).rejects.toMatchObject({ code: 'branch_exists' });
  await startBranch(repo, { run: 'r', branch, from });
  expect((await head(repo)).branch).toBe(branch);
});

test('a branch that takes the place of the folder is named', async () => {
  const test = repository({ 'a.js': '1' });
  test.git('branch', 'perf-gate');
  const repo = await openRepo(test.root);
  await expect(startBranch(repo, { run: 'r', branch, from: await head(repo) })).rejects.toMatchObject({
    code: 'branch_exists',
    message: expect.stringContaining('branch perf-gate exists'),
  });
});

test('a detached HEAD comes back detached', async () => {
  const test = repository({ 'a.js': '1' });
  test.git('checkout', '--quiet', '--detach');
  const repo = await openRepo(test.root);
  const from = await head(repo);
  await startBranch(repo, { run: 'r', branch, from });
  expect(await restoreHead(repo, { branch, tip: from.commit, from })).toBe(true);
  expect(await head(repo)).toEqual({ commit: from.commit, branch: null });
  expect(test.git('rev-parse', branch)).toBe(from.commit);
});

test('the original branch is not restored once a change was accepted, or if it moved', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  const from = await head(repo);
  await startBranch(repo, { run: 'r', branch, from });
  test.git('branch', '--force', 'main', test.git('commit-tree', '-p', 'HEAD', '-m', 'x', 'HEAD^{tree}'));
  expect(await restoreHead(repo, { branch, tip: from.commit, from })).toBe(false);
  expect((await head(repo)).branch).toBe(branch);
  test.git('commit', '--quiet', '--allow-empty', '--message', 'accepted');
  const back = restoreHead(repo, { branch, tip: from.commit, from });
  await expect(back).rejects.toMatchObject({ code: 'branch_moved' });
  test.git('checkout', '--quiet', '-b', 'third');
  await expect(restoreHead(repo, { branch, tip: from.commit, from })).rejects.toMatchObject({ code: 'branch_changed' });
});
