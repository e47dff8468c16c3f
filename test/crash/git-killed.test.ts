import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBranch } from '../../src/git/branch.ts';
import { leftLocks } from '../../src/git/refs.ts';
import { openRepo } from '../../src/git/repo.ts';
import { revert } from '../../src/git/revert.ts';
import { attempted } from '../git/attempt.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

it('a git that is killed while it writes leaves every file complete, old or new; a repetition completes the rest', async () => {
  const test = repository({ '.gitattributes': '*.txt filter=deadly\n', 'a.txt': 'a\n', 'b.js': 'b\n', 'c.txt': 'c\n' });
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('a.txt', 'other a\n');
    test.write('b.js', 'other b\n');
    test.remove('c.txt');
  });
  const after = test.files();
  test.git('config', 'filter.deadly.smudge', 'kill -KILL $PPID');
  await expect(revert(made.repo, made)).rejects.toMatchObject({ code: 'git_failed' });
  const between = test.files();
  for (const path of Object.keys({ ...before, ...between }))
    expect([before[path], after[path]]).toContain(between[path]);
  test.git('config', '--unset', 'filter.deadly.smudge');
  expect(await revert(made.repo, made)).toMatchObject({ left: [] });
  expect(test.files()).toEqual(before);
});

it('a repeated revert removes folders that the first one had not removed yet', async () => {
  const test = repository({ 'a.js': 'a' });
  const before = test.files();
  const made = await attempted(test, () => test.write('more/folders/x.js', 'x'));
  test.remove('more/folders/x.js');
  await revert(made.repo, made);
  expect(test.files()).toEqual(before);
  test.write('more/mine.js', '');
  await revert(made.repo, made);
  expect(test.files()).toEqual({ ...before, 'more/mine.js': '100644 ' });
});

it('a git that is killed between the two refs that begin a run has made the first; a repetition makes the branch', async () => {
  const test = repository({ 'a.js': 'a' });
  const repo = await openRepo(test.root);
  const from = { branch: 'main', commit: test.git('rev-parse', 'HEAD') };
  test.git('update-ref', 'refs/perf-gate/r/start', from.commit);
  await startBranch(repo, { run: 'r', branch: 'perf-gate/faster', from });
  expect(test.git('symbolic-ref', '--short', 'HEAD')).toBe('perf-gate/faster');
  expect(test.git('rev-parse', 'HEAD')).toBe(from.commit);
});

it('every lock that a killed git can leave is reported', async () => {
  const test = repository({ 'a.js': 'a' });
  test.git('update-ref', 'refs/perf-gate/r/attempts/1', 'HEAD');
  test.git('branch', 'perf-gate/faster');
  const worktree = join(temporaryFolder(), 'tree');
  test.git('worktree', 'add', '--quiet', '--detach', worktree);
  const repo = await openRepo(worktree);
  const inGit = (path: string) => join(realpathSync(test.root), '.git', path);
  const locks = [
    ...['index.lock', 'HEAD.lock'].map((name) => join(repo.gitDir, name)),
    ...['packed-refs.lock', 'refs/heads/perf-gate/faster.lock', 'refs/perf-gate/r/attempts/1.lock'].map(inGit),
  ];
  expect(leftLocks(repo, { run: 'r', branch: 'perf-gate/faster' })).toEqual([]);
  for (const lock of locks) writeFileSync(lock, '');
  expect(leftLocks(repo, { run: 'r', branch: 'perf-gate/faster' })).toEqual(locks);
});
