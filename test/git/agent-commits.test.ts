import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { movement } from '../../src/git/branch.ts';
import { revert } from '../../src/git/revert.ts';
import { undoCommits } from '../../src/git/undo.ts';
import { repository } from '../helpers/repository.ts';
import { attempted, type TestAttempt } from './attempt.ts';

/** An agent that commits a part of its work and leaves the rest lying. */
async function withCommits() {
  const test = repository({ 'a.js': '1', 'b.js': '1' });
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('new.js', '1');
    test.commit('wip');
    test.write('a.js', '3');
    test.commit('wip again');
    test.write('b.js', '2');
  });
  return { test, before, made };
}
const undo = async (made: TestAttempt) => {
  const { found } = await movement(made.repo, made);
  return undoCommits(made.repo, { branch: made.branch, tip: made.tip, found });
};

test('commits of an agent are seen, and undone by one more commit', async () => {
  const { test, before, made } = await withCommits();
  const found = test.git('rev-parse', 'HEAD');
  expect(await movement(made.repo, made)).toEqual({
    found,
    branch: 'main',
    moved: true,
    ancestor: true,
    branch_changed: false,
  });
  const undone = await undo(made);
  expect(test.git('rev-parse', 'HEAD', 'HEAD^', 'HEAD^^^')).toBe(`${undone.commit}\n${found}\n${made.tip}`);
  expect(await undoCommits(made.repo, { ...made, found })).toEqual(undone);
  await revert(made.repo, made);
  expect(test.files()).toEqual(before);
  expect(test.git('status', '--porcelain')).toBe('');
});

test('accepted after that, the whole attempt is one commit on top', async () => {
  const { test, made } = await withCommits();
  const { commit: tip } = await undo(made);
  const { commit } = await accept(made.repo, { ...made, tip, message: 'm' });
  expect(test.git('diff', '--name-only', made.tip, commit!)).toBe('a.js\nb.js\nnew.js');
  expect(test.git('rev-parse', `${commit}^`)).toBe(tip);
  expect(test.git('status', '--porcelain')).toBe('');
});

test('a rewritten history, another branch and an unchanged branch are distinguished', async () => {
  const test = repository({ 'a.js': '1' });
  const made = await attempted(test, () => test.write('a.js', '2'));
  expect(await movement(made.repo, made)).toMatchObject({ moved: false, ancestor: true, branch_changed: false });
  test.git('commit', '--quiet', '--amend', '--all', '--message', 'rewritten');
  expect(await movement(made.repo, made)).toMatchObject({ moved: true, ancestor: false, branch_changed: false });
  await expect(undo(made)).rejects.toMatchObject({ code: 'branch_moved' });
  test.git('checkout', '--quiet', '-b', 'other', made.tip);
  expect(await movement(made.repo, made)).toMatchObject({ moved: false, ancestor: true, branch_changed: true });
});
