import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { attempted, type TestAttempt } from './attempt.ts';

const message = 'Sort once\n\nPerf-Gate-Run: r\nPerf-Gate-Change: -31.2 % [-35.0, -27.1], p = 0.0002\n';
const take = ({ repo, branch, tip, base, attempt }: TestAttempt) =>
  accept(repo, { branch, tip, base, attempt, message });
const names = (test: TestRepository, ...range: string[]) =>
  test
    .git('diff', '--name-status', '--no-renames', ...range)
    .split('\n')
    .filter(Boolean);

test('an accepted attempt is one commit with its paths only, and the work tree is clean afterwards', async () => {
  const test = repository({ 'a.js': '1', 'gone/x.js': '1', 'old name.js': 'x', 'tool.sh': '1' });
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('new/ünï\nfile', '1');
    test.remove('gone');
    test.git('mv', '--', 'old name.js', '-new name.js');
    test.write('tool.sh', '1', 0o755);
    test.link('link', 'a.js');
  });
  const files = test.files();
  const accepted = await take(made);
  expect(accepted).toEqual({ commit: test.git('rev-parse', 'HEAD'), left_in_index: [], not_committed: [] });
  expect(test.git('rev-parse', 'HEAD^')).toBe(made.tip);
  expect(test.git('rev-parse', 'HEAD^{tree}')).toBe(test.git('rev-parse', `${made.attempt}^{tree}`));
  expect(test.git('status', '--porcelain')).toBe('');
  expect(test.git('diff-index', 'HEAD')).toBe('');
  expect(test.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  expect(test.git('log', '-1', '--format=%B|%an <%ae>')).toBe(`${message}|A User <user@example.org>`);
  expect(test.git('log', '-1', '--format=%(trailers:key=Perf-Gate-Run,valueonly)').trim()).toBe('r');
  expect(test.files()).toEqual(files);
});

test('accepting twice, or again after a crash between branch and index, gives the same commit', async () => {
  const test = repository({ 'a.js': '1' });
  const made = await attempted(test, () => test.write('a.js', '2'));
  const first = await take(made);
  expect(await take(made)).toEqual(first);
  test.git('read-tree', made.tip); // the index as it was before the commit
  expect(await take(made)).toEqual(first);
  expect(test.git('rev-list', '--count', 'HEAD')).toBe('2');
  expect(test.git('status', '--porcelain')).toBe('');
});

test('entries that the user staged elsewhere stay, and so do the user’s other changes on disk', async () => {
  const test = repository({ 'a.js': '1', 'mine.js': '1', 'other.js': '1' });
  const made = await attempted(test, () => test.write('a.js', '2'));
  test.write('mine.js', 'staged');
  test.git('add', 'mine.js');
  test.write('mine.js', 'later');
  test.write('other.js', 'later');
  const entry = test.git('ls-files', '--stage', 'mine.js');
  const accepted = await take(made);
  expect(accepted.left_in_index).toEqual([]);
  expect(test.git('ls-files', '--stage', 'mine.js')).toBe(entry);
  expect(test.git('status', '--porcelain')).toBe('MM mine.js\n M other.js');
  expect(names(test, 'HEAD^', 'HEAD')).toEqual(['M\ta.js']);
});

test('a path of the attempt that the user staged differently keeps its entry and is named', async () => {
  const test = repository({ 'a.js': '1', 'b.js': '1' });
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('b.js', '2');
  });
  test.write('a.js', 'mine');
  test.git('add', 'a.js');
  const accepted = await take(made);
  expect(accepted.left_in_index).toEqual(['a.js']);
  expect(test.git('show', ':a.js')).toBe('mine');
  expect(test.git('show', 'HEAD:a.js')).toBe('2');
  expect(test.git('show', ':b.js')).toBe('2');
});

test('entries that the agent staged do not remain', async () => {
  const test = repository({ 'a.js': '1', 'gone.js': '1' });
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('new.js', '1');
    test.remove('gone.js');
    test.git('add', '--all');
    test.write('intended.js', '1');
    test.git('add', '--intent-to-add', 'intended.js');
  });
  expect(await take(made)).toMatchObject({ left_in_index: [] });
  expect(test.git('status', '--porcelain')).toBe('');
});

test('a file that was untracked before the run is never added to the branch', async () => {
  const test = repository({ 'a.js': '1' });
  test.write('notes.txt', 'mine');
  test.write('dropped.txt', 'mine');
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('notes.txt', 'mine, edited');
    test.remove('dropped.txt');
  });
  const accepted = await take(made);
  expect(accepted.not_committed).toEqual(['dropped.txt', 'notes.txt']);
  expect(test.git('status', '--porcelain')).toBe('?? notes.txt');
  expect(names(test, 'HEAD^', 'HEAD')).toEqual(['M\ta.js']);
});

test('an attempt on untracked files alone makes no commit', async () => {
  const test = repository({ 'a.js': '1' });
  test.write('notes.txt', '1');
  const made = await attempted(test, () => test.write('notes.txt', '2'));
  expect(await take(made)).toEqual({ commit: null, left_in_index: [], not_committed: ['notes.txt'] });
  expect(test.git('rev-parse', 'HEAD')).toBe(made.tip);
});

test('a branch that moved, or another branch, is refused and nothing changes', async () => {
  const test = repository({ 'a.js': '1' });
  const made = await attempted(test, () => test.write('a.js', '2'));
  test.git('commit', '--quiet', '--allow-empty', '--message', 'by the user');
  const found = test.git('rev-parse', 'HEAD');
  await expect(take(made)).rejects.toMatchObject({ code: 'branch_moved', message: expect.stringContaining(found) });
  expect(test.git('rev-parse', 'HEAD')).toBe(found);
  test.git('checkout', '--quiet', '-b', 'elsewhere', made.tip);
  await expect(take(made)).rejects.toMatchObject({ code: 'branch_changed' });
  expect(test.git('rev-parse', 'elsewhere')).toBe(made.tip);
});

test('a detached HEAD moves forward and stays detached', async () => {
  const test = repository({ 'a.js': '1' });
  test.git('checkout', '--quiet', '--detach');
  const made = await attempted(test, () => test.write('a.js', '2'));
  const { commit } = await take(made);
  expect(test.git('rev-parse', 'HEAD')).toBe(commit);
  expect(test.git('rev-parse', 'main')).toBe(made.tip);
  expect(() => test.git('symbolic-ref', '--quiet', 'HEAD')).toThrow();
});
