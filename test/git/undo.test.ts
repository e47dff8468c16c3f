import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { noModes } from '../../src/git/modes.ts';
import { undoAccepted } from '../../src/git/undo.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

const lines = (...changed: string[]) => changed.join('\n').concat('\n');

async function accepted(test: TestRepository, edit: () => void) {
  const made = await attempted(test, edit);
  const { commit } = await accept(made.repo, { ...made, message: 'accepted' });
  return { ...made, commit: commit! };
}

test('an accepted change is undone by its inverse, on the branch and on disk; the branch never moves backwards', async () => {
  const test = repository({ 'a.js': '1', 'gone.js': '1' });
  const before = test.files();
  const { repo, branch, commit } = await accepted(test, () => {
    test.write('a.js', '2');
    test.write('new/x.js', '1');
    test.remove('gone.js');
  });
  const given = { branch, tip: commit, commit, message: 'undo' };
  const undone = await undoAccepted(repo, given, noModes);
  expect(undone).toMatchObject({ restored: ['a.js', 'gone.js'], removed: ['new/x.js'], left: [] });
  expect(test.git('rev-parse', 'HEAD', 'HEAD^')).toBe(`${undone.commit}\n${commit}`);
  expect(test.files()).toEqual(before);
  expect(test.git('status', '--porcelain')).toBe('');
  expect(await undoAccepted(repo, given, noModes)).toEqual(undone);
  const again = await undoAccepted(repo, { ...given, tip: undone.commit }, noModes);
  expect(again.commit).toBe(undone.commit);
});

test('a later change elsewhere in the same file survives', async () => {
  const test = repository({ 'a.js': lines('1', '2', '3', '4', '5', '6', '7', '8') });
  const first = await accepted(test, () => test.write('a.js', lines('one', '2', '3', '4', '5', '6', '7', '8')));
  const second = await accepted(test, () => test.write('a.js', lines('one', '2', '3', '4', '5', '6', '7', 'eight')));
  await undoAccepted(
    first.repo,
    { branch: 'main', tip: second.commit, commit: first.commit, message: 'undo' },
    noModes,
  );
  expect(test.read('a.js')).toBe(lines('1', '2', '3', '4', '5', '6', '7', 'eight'));
  expect(test.git('status', '--porcelain')).toBe('');
});

test('if a later change touches the same lines, the undo is refused and nothing changes', async () => {
  const test = repository({ 'a.js': '1\n' });
  const first = await accepted(test, () => test.write('a.js', '2\n'));
  const second = await accepted(test, () => test.write('a.js', '3\n'));
  const asked = undoAccepted(
    first.repo,
    { branch: 'main', tip: second.commit, commit: first.commit, message: 'undo' },
    noModes,
  );
  await expect(asked).rejects.toMatchObject({ code: 'would_overwrite', message: expect.stringContaining('a.js') });
  expect(test.git('rev-parse', 'HEAD')).toBe(second.commit);
  expect(test.read('a.js')).toBe('3\n');
});

test('a file with changes that are not committed stays on disk and is named', async () => {
  const test = repository({ 'a.js': '1\n', 'b.js': '1\n' });
  const { repo, branch, commit } = await accepted(test, () => {
    test.write('a.js', '2\n');
    test.write('b.js', '2\n');
  });
  test.write('a.js', 'mine\n');
  const undone = await undoAccepted(repo, { branch, tip: commit, commit, message: 'undo' }, noModes);
  expect(undone).toMatchObject({ restored: ['b.js'], left: ['a.js'] });
  expect([test.read('a.js'), test.read('b.js'), test.git('show', 'HEAD:a.js')]).toEqual(['mine\n', '1\n', '1']);
});
