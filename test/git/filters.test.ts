import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { revert } from '../../src/git/revert.ts';
import { at, repository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

/** Stored in capitals, on disk in small letters: a filter whose result cannot be mistaken for the blob. */
function upperCaseInStore(test: ReturnType<typeof repository>): void {
  test.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  test.git('config', 'filter.upper.smudge', 'tr A-Z a-z');
}

test('line endings and filters hold on disk after accept, revert and in an arm', async () => {
  const test = repository({ '.gitattributes': '*.crlf text eol=crlf\n*.up filter=upper\n' });
  upperCaseInStore(test);
  test.write('a.crlf', 'one\r\ntwo\r\n');
  test.write('b.up', 'abc');
  test.commit('filtered');
  const before = test.files();
  expect([test.git('show', 'HEAD:a.crlf'), test.git('show', 'HEAD:b.up')]).toEqual(['one\ntwo', 'ABC']);
  const made = await attempted(test, () => {
    test.write('a.crlf', 'one\r\nthree\r\n');
    test.write('b.up', 'xyz');
    test.write('new.crlf', 'x\r\n');
  });
  expect(test.git('show', `${made.attempt}:b.up`)).toBe('XYZ');
  const dir = join(temporaryFolder(), 'arm');
  await prepareArm(made.repo, { dir, frozen: null, tree: made.attempt });
  expect(at(dir).files()).toEqual(test.files());
  expect((await revert(made.repo, made)).left).toEqual([]);
  expect(test.files()).toEqual(before);
  expect(test.git('status', '--porcelain')).toBe('');
});

test('an attempt that changes the attributes is reverted to the original bytes', async () => {
  const test = repository({ '.gitattributes': '*.txt text eol=crlf\n', 'a.txt': 'one\r\n' });
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('.gitattributes', '*.txt text eol=lf\n');
    test.write('a.txt', 'two\n');
  });
  expect((await revert(made.repo, made)).restored).toEqual(['.gitattributes', 'a.txt']);
  expect(test.files()).toEqual(before);
});

test('a repository that warns about line endings is no obstacle', async () => {
  const test = repository({ 'a.txt': '1\n' });
  test.git('config', 'core.autocrlf', 'true');
  test.git('config', 'core.safecrlf', 'true');
  const made = await attempted(test, () => test.write('a.txt', '2\n3\r\n'));
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('show', `${commit}:a.txt`)).toBe('2\n3');
});

test('git writes files in which two arms differ in both of them, for any filter', async () => {
  const test = repository({ '.gitattributes': '*.up filter=upper\n', 'a.up': 'ONE\n', 'b.up': 'TWO\n' });
  const made = await attempted(test, () => test.write('a.up', 'THREE\n'));
  const home = temporaryFolder();
  const frozen = { dir: join(home, 'f'), tree: made.base };
  await freeze(made.repo, frozen.dir, { arms: [] });
  test.git('config', 'filter.upper.smudge', 'tr A-Z a-z');
  const arm = async (name: string, tree: string, against: string) => {
    const dir = join(home, name);
    await prepareArm(made.repo, { dir, frozen, tree, against });
    return at(dir).files();
  };
  expect(await arm('base', made.base, made.attempt)).toMatchObject({ 'a.up': '100644 one\n', 'b.up': '100644 TWO\n' });
  expect(await arm('candidate', made.attempt, made.base)).toMatchObject({
    'a.up': '100644 three\n',
    'b.up': '100644 TWO\n',
  });
});

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test('other encodings and ids in a file work on disk and in an arm, and are no changes', async () => {
  const test = repository({
    '.gitattributes': '*.u16 text working-tree-encoding=UTF-16LE-BOM eol=crlf\n*.id ident\n',
    'a.u16': utf16('one\r\n'),
    'v.id': '$Id$ one\n',
  });
  test.remove('v.id');
  test.git('checkout', '--', 'v.id'); // git puts the id in
  const before = test.files();
  expect(before['v.id']).toMatch(/^100644 \$Id: \w{40} \$ one/);
  const edit = () => {
    test.write('a.u16', utf16('two\r\n'));
    test.write('v.id', test.read('v.id').replace('one', 'two'));
    test.write('new.u16', utf16('new\r\n'));
  };
  const first = await attempted(test, edit);
  expect(test.git('show', `${first.attempt}:a.u16`, `${first.attempt}:v.id`)).toBe('two\n$Id$ two');
  expect((await revert(first.repo, first)).left).toEqual([]);
  expect(test.files()).toEqual(before);
  const made = await attempted(test, edit);
  const after = test.files();
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.files()).toEqual(after);
  expect(test.git('status', '--porcelain')).toBe('');
  const dir = join(temporaryFolder(), 'arm');
  await prepareArm(made.repo, { dir, frozen: null, tree: commit! });
  for (const path of ['a.u16', 'new.u16']) expect(at(dir).files()[path]).toBe(after[path]);
});
