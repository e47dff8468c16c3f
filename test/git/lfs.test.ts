import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareArm } from '../../src/git/arms.ts';
import { dirtyFiles, openRepo } from '../../src/git/repo.ts';
import { revert } from '../../src/git/revert.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

/** What Git LFS stores in the place of a file. */
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;
const attributes = '*.bin filter=lfs diff=lfs merge=lfs -text\n';

/** A clone in which `git lfs install` was run, by the name of the program that does its work. */
function large(program: string): TestRepository {
  const test = repository({ '.gitattributes': attributes, 'big.bin': pointer, 'a.js': '1' });
  test.git('config', 'filter.lfs.clean', `${program} clean -- %f`);
  test.git('config', 'filter.lfs.smudge', `${program} smudge -- %f`);
  test.git('config', 'filter.lfs.required', 'true');
  return test;
}

test('if Git LFS was never set up, its pointers are ordinary files', async () => {
  const test = repository({ '.gitattributes': attributes, 'big.bin': pointer, 'a.js': '1' });
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.write('big.bin', pointer.replace('12345', '54321'));
  });
  expect((await revert(made.repo, made)).restored).toEqual(['a.js', 'big.bin']);
  expect(test.files()).toEqual(before);
});

test('if it is set up but not installed, operations that need it are refused with git’s message, and nothing changes', async () => {
  const test = large('git-lfs-is-not-here');
  const refusal = {
    code: 'filter_failed',
    exitCode: 3,
    message: expect.stringMatching(/git-lfs-is-not-here .*(not found|failed 127)/s),
  };
  const repo = await openRepo(test.root);
  const dir = join(temporaryFolder(), 'arm');
  const arm = prepareArm(repo, { dir, frozen: null, tree: test.git('rev-parse', 'HEAD^{tree}') });
  await expect(arm).rejects.toMatchObject(refusal);
  test.write('big.bin', 'what the program needs');
  const before = test.files();
  expect(await dirtyFiles(repo)).toEqual(['big.bin']);
  await expect(attempted(test, () => {})).rejects.toMatchObject(refusal);
  expect(test.files()).toEqual(before);
});

test('if it works, pointers are stored, contents are on disk and in arms, and a revert restores contents', async () => {
  const store = join(temporaryFolder(), 'lfs');
  at(store).write(
    '../lfs',
    `#!/bin/sh\nif test "$1" = clean; then cat > ${store}.kept; echo pointer; else cat ${store}.kept; fi\n`,
    0o755,
  );
  const test = large(store);
  test.write('big.bin', 'large');
  test.commit('with contents');
  expect(test.git('show', 'HEAD:big.bin')).toBe('pointer');
  const before = test.files();
  const made = await attempted(test, () => {
    test.write('a.js', '2');
    test.remove('big.bin');
  });
  const dir = join(temporaryFolder(), 'arm');
  await prepareArm(made.repo, { dir, frozen: null, tree: made.base });
  expect(at(dir).read('big.bin')).toBe('large');
  expect((await revert(made.repo, made)).restored).toEqual(['a.js', 'big.bin']);
  expect(test.files()).toEqual(before);
});
