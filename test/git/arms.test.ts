import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { openRepo } from '../../src/git/repo.ts';
import { snapshot } from '../../src/git/snapshot.ts';
import { at, filesUnder, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const take = async (test: TestRepository, name: string, parent: string) =>
  snapshot(await openRepo(test.root), { ref: `refs/perf-gate/r/${name}`, message: name, parent });

/** A frozen base with ignored files, then an edit; the arms are made in folders with names of one length. */
async function edited(test: TestRepository, edit: () => void) {
  const repo = await openRepo(test.root);
  const home = temporaryFolder();
  const base = await take(test, 'base', test.git('rev-parse', 'HEAD'));
  const frozen = join(home, 'frozen');
  await freeze(repo, frozen);
  const before = test.files();
  edit();
  const attempt = await take(test, 'attempt', base.commit);
  const arm = async (name: string, tree: string, from: string | null = frozen) => {
    await prepareArm(repo, {
      dir: join(home, name),
      frozen: from === null ? null : { dir: from, tree: base.tree },
      tree,
    });
    return filesUnder(join(home, name));
  };
  return { before, base: base.tree, attempt: attempt.tree, arm, home };
}

test('the base arm is the frozen copy, and the candidate is the copy plus exactly the attempt', async () => {
  const test = repository({
    'a.js': '1',
    'gone/x': '1',
    'same.js': '1',
    '.gitignore': 'dist/\n',
    file: '1',
    'dir/x': '1',
  });
  test.write('dist/out.js', 'built before');
  test.write('notes.txt', '1');
  const { before, base, attempt, arm, home } = await edited(test, () => {
    test.write('a.js', '2', 0o755);
    test.remove('gone');
    test.write('new/ünï\n-x', '1');
    test.link('link', 'a.js');
    test.write('notes.txt', '2');
    test.remove('file');
    test.write('file/inside', '1');
    test.remove('dir');
    test.link('dir', 'new');
    test.write('dist/out.js', 'built since');
  });
  expect(await arm('arm-a', base)).toEqual(before);
  const candidate = await arm('arm-b', attempt);
  expect(candidate).toEqual({ ...test.files(), 'dist/out.js': '100644 built before' });
  const time = (name: string) => statSync(join(home, name, 'same.js')).mtimeMs;
  expect(time('arm-a')).toBe(time('arm-b'));
  expect(await arm('arm-b', base)).toEqual(before); // an arm that is there already is made anew
});

test('an ignored file at the path of a new file is removed only in the arm', async () => {
  const test = repository({ '.gitignore': 'out/\nblob\n' });
  test.write('out/x', '1');
  test.write('blob', '1');
  const { attempt, arm, before } = await edited(test, () => {
    test.remove('out');
    test.remove('blob');
    test.write('.gitignore', '');
    test.write('out', 'now a file');
    test.write('blob/x', 'now in a folder');
  });
  expect(await arm('arm-b', attempt)).toMatchObject({ out: '100644 now a file' });
  expect(Object.keys(before)).toContain('out/x');
});

test('without a frozen copy an arm is exactly the tree', async () => {
  const test = repository({ 'a.js': '1', '.gitignore': 'dist/\n' });
  test.write('dist/out.js', '1');
  test.link('link', 'a.js');
  const { attempt, arm } = await edited(test, () => test.write('a.js', '2', 0o755));
  expect(await arm('arm-b', attempt, null)).toEqual({
    '.gitignore': '100644 dist/\n',
    'a.js': '100755 2',
    link: '120000 a.js',
  });
});

test('the user’s repository is not touched by making arms', async () => {
  const test = repository({ 'a.js': '1' });
  const { attempt, arm } = await edited(test, () => test.write('a.js', '2'));
  const seen = () => [test.files(), test.git('status', '--porcelain'), test.git('config', '--list', '--local')];
  const before = seen();
  await arm('arm-b', attempt);
  await arm('arm-c', attempt, null);
  expect(seen()).toEqual(before);
});

test('a link of the attempt that leads back into the project is refused', async () => {
  const test = repository({ 'src/a.js': '1' });
  const { attempt, arm } = await edited(test, () => test.link('fast', join(test.root, 'src')));
  await expect(arm('arm-b', attempt)).rejects.toMatchObject({ code: 'arm_leads_back' });
  await expect(arm('arm-b', attempt, null)).rejects.toMatchObject({ code: 'arm_leads_back' });
});

test('a submodule is copied as plain files, and a moved one is refused', async () => {
  const inner = repository({ 'x.js': '1' });
  const test = repository({ 'a.js': '1' });
  test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'lib');
  test.commit('submodule');
  const sub = at(join(test.root, 'lib'));
  const { base, attempt, arm } = await edited(test, () =>
    sub.git('-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '--allow-empty', '--message', 'two'),
  );
  expect(await arm('arm-a', base)).toMatchObject({ 'lib/x.js': '100644 1', 'a.js': '100644 1' });
  await expect(arm('arm-b', attempt)).rejects.toMatchObject({ code: 'submodule_moved' });
});
