import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apartFromClone } from '../../src/git/apart-from-clone.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { openRepo } from '../../src/git/repo.ts';
import { snapshot } from '../../src/git/snapshot.ts';
import { repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

/** An arm of the work tree as it is now, against a clone of HEAD. */
async function apart(test: TestRepository, frozen = true) {
  const repo = await openRepo(test.root);
  const committed = test.git('rev-parse', 'HEAD');
  const { tree } = await snapshot(repo, { ref: 'refs/perf-gate/r/base', message: 'base', parent: committed });
  const home = temporaryFolder();
  const dir = join(home, 'arm');
  if (frozen) await freeze(repo, join(home, 'frozen'));
  await prepareArm(repo, { dir, frozen: frozen ? { dir: join(home, 'frozen'), tree } : null, tree });
  return apartFromClone(repo, { dir, committed, measured: tree });
}

test('an arm of a clean tree equals a clone', async () => {
  const test = repository({
    'a.txt': '1\n',
    'run.sh': 'true\n',
    '.gitattributes': '*.txt text\n',
    '.perf-gate/config.yaml': '{}\n',
  });
  test.link('link', 'a.txt');
  test.write('run.sh', 'true\n', 0o755);
  test.commit('link and mode');
  expect(await apart(test)).toEqual([]);
  expect(await apart(test, false)).toEqual([]);
});

test('files that git ignores or does not track are named, a whole folder by its name', async () => {
  const test = repository({ 'src/a.js': '1', '.gitignore': 'node_modules/\n.env\n' });
  for (const path of ['node_modules/x/index.js', 'node_modules/y.js', 'src/.env', 'src/new.js']) test.write(path, '1');
  expect(await apart(test)).toEqual([
    { what: 'ignored', paths: ['node_modules/', 'src/.env'], count: 3 },
    { what: 'untracked', paths: ['src/new.js'], count: 1 },
  ]);
  expect(await apart(test, false)).toEqual([{ what: 'untracked', paths: ['src/new.js'], count: 1 }]);
});

test('edits that are not committed, and a file that is hidden from git', async () => {
  const test = repository({ 'a.js': '1', 'b.js': '1', 'gone.js': '1', 'sparse.js': '1' });
  test.write('a.js', '2');
  test.git('update-index', '--assume-unchanged', 'b.js');
  test.write('b.js', '2');
  test.git('update-index', '--skip-worktree', 'sparse.js');
  test.remove('sparse.js');
  expect(await apart(test)).toEqual([
    { what: 'edited', paths: ['a.js'], count: 1 },
    { what: 'missing', paths: ['sparse.js'], count: 1 },
    { what: 'bytes', paths: ['b.js'], count: 1 },
  ]);
});

test('a filter that only this repository defines is reported; one that the clone also has is not', async () => {
  const test = repository({ '.gitattributes': '*.up filter=upper\n*.no filter=nobody\n*.crlf eol=crlf\n' });
  test.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  test.git('config', 'filter.upper.smudge', 'tr A-Z a-z');
  test.write('a.up', 'abc');
  test.write('a.no', 'abc');
  test.write('a.crlf', 'one\r\n');
  test.commit('filtered');
  const expected = [{ what: 'filter', paths: ['a.up'], count: 1 }];
  expect(await apart(test)).toEqual(expected);
  expect(await apart(test, false)).toEqual(expected);
});

test('attributes outside of the tree, other line ends, modes, and a link that leads out', async () => {
  const test = repository({
    '.gitattributes': 'b.txt text=auto\n',
    'a.txt': 'one\n',
    'b.txt': 'one\n',
    'c.sh': 'true\n',
  });
  test.write('.git/info/attributes', 'a.txt text eol=crlf\n');
  test.write('a.txt', 'one\r\n');
  test.write('b.txt', 'one\r\n');
  test.git('config', 'core.fileMode', 'false');
  test.write('c.sh', 'true\n', 0o755);
  test.link('out', '../somewhere');
  test.commit('link');
  expect(await apart(test)).toEqual([{ what: 'bytes', paths: ['a.txt', 'b.txt', 'c.sh', 'out'], count: 4 }]);
});

test('Git LFS, submodules, and repositories that no commit names', async () => {
  const inner = repository({ 'x.js': '1' });
  const test = repository({
    '.gitattributes': '*.bin filter=lfs\n',
    'a.bin': 'version https://git-lfs.github.com/spec/v1\n',
  });
  test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'lib');
  test.commit('submodule');
  test.git('clone', '--quiet', inner.root, 'vendor/own');
  expect(await apart(test)).toEqual([
    { what: 'repository', paths: ['vendor/own/'], count: 1 },
    { what: 'submodule', paths: ['lib'], count: 1 },
    { what: 'lfs', paths: ['a.bin'], count: 1 },
  ]);
});

test('a long list of names is cut, but all are counted', async () => {
  const test = repository({ 'a.js': '1' });
  for (let i = 0; i < 30; i++) test.write(`n${String(i).padStart(2, '0')}`, '1');
  const [found] = await apart(test);
  expect([found!.paths.length, found!.paths[0], found!.count]).toEqual([10, 'n00', 30]);
});
