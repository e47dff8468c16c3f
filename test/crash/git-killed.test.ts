import { expect, it } from 'vitest';
import { revert } from '../../src/git/revert.ts';
import { attempted } from '../git/attempt.ts';
import { repository } from '../helpers/repository.ts';

it('a git that is killed while it writes leaves every file whole, as it was or as it shall be; doing it again completes it', async () => {
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

it('folders that a revert had not taken away yet go when it is done again', async () => {
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
