import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { giveRepository } from '../../src/git/arm-repository.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { openRepo } from '../../src/git/repo.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

/** An arm with exactly this tree, standing on a commit. */
async function armOf(test: TestRepository, tree: string, commit?: string) {
  const repo = await openRepo(test.root);
  const dir = join(temporaryFolder(), 'a');
  await prepareArm(repo, { dir, frozen: null, tree });
  await giveRepository(repo, { dir, tree, commit });
  return at(dir);
}

const tagged = (initArgs?: string[]) => {
  const test = repository({ 'a.js': '1', 'sub/b.js': '1', '.gitignore': 'dist/\n' }, initArgs);
  test.git('tag', '-a', '-m', 'one', 'v1.0');
  test.git('tag', 'light', 'HEAD');
  return test;
};
const edited = (test: TestRepository, text: string) => {
  test.write('a.js', text);
  test.git('add', 'a.js');
  const tree = test.git('write-tree');
  test.git('checkout', '--quiet', 'HEAD', '--', '.');
  return tree;
};
const said = (arm: TestRepository) => ({
  describe: arm.git('describe', '--tags', '--dirty', '--always', '--match', 'v*').replace(/g[0-9a-f]+$/, 'g…'),
  status: arm.git('status', '--porcelain'),
  branch: arm.git('rev-parse', '--abbrev-ref', 'HEAD'),
  log: arm.git('log', '--format=%an %ae %ct %s'),
});

test('git answers alike in both arms of a run, which differ only in their trees', async () => {
  const test = tagged();
  const trees = [test.git('rev-parse', 'HEAD^{tree}'), edited(test, '2')];
  const [base, candidate] = [await armOf(test, trees[0]!), await armOf(test, trees[1]!)];
  expect(said(base)).toEqual(said(candidate));
  expect(said(base)).toMatchObject({ describe: 'v1.0-1-g…', status: '', branch: 'main' });
  expect([base, candidate].map((arm) => arm.git('rev-parse', 'HEAD^{tree}'))).toEqual(trees);
  expect(base.git('rev-parse', 'HEAD')).toBe((await armOf(test, trees[0]!)).git('rev-parse', 'HEAD'));
  candidate.write('a.js', 'edited');
  candidate.write('dist/out.js', 'ignored');
  expect(candidate.git('status', '--porcelain')).toBe(' M a.js');
  expect(at(join(candidate.root, 'sub')).git('rev-parse', '--show-prefix')).toBe('sub/');
});

test('the HEAD of an arm made from a commit is that commit', async () => {
  const test = tagged();
  const commit = test.git('rev-parse', 'HEAD');
  const arm = await armOf(test, test.git('rev-parse', 'HEAD^{tree}'), commit);
  expect(arm.git('rev-parse', 'HEAD')).toBe(commit);
  expect(arm.git('describe', '--exact-match')).toBe('v1.0');
});

test('whatever git does in an arm, the project’s repository stays as it is', async () => {
  const test = tagged();
  const seen = () => [
    test.files(),
    test.git('for-each-ref'),
    test.git('status', '--porcelain'),
    test.git('config', '--list', '--local'),
    execFileSync('find', ['.git', '-type', 'f'], { cwd: test.root, encoding: 'utf8' }).split('\n').sort(),
  ];
  const arm = await armOf(test, test.git('rev-parse', 'HEAD^{tree}'));
  const before = seen();
  arm.git('config', 'core.hooksPath', '.husky');
  arm.git('tag', '-d', 'v1.0');
  arm.git('tag', 'v2.0');
  arm.git('checkout', '--quiet', '-b', 'other');
  arm.write('new.js', '1');
  arm.git('-c', 'user.name=n', '-c', 'user.email=e', 'add', '.');
  arm.git('-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '--message', 'in the arm');
  arm.git('repack', '-a', '-d', '-q');
  arm.git('gc', '--quiet', '--prune=now');
  arm.git('worktree', 'prune');
  expect(seen()).toEqual(before);
  expect(arm.git('fsck', '--no-dangling')).toBe('');
});

test('it works in a SHA-256 repository, a linked worktree and a shallow clone', async () => {
  const test = tagged(['--object-format=sha256']);
  const tree = test.git('rev-parse', 'HEAD^{tree}');
  expect(said(await armOf(test, tree))).toMatchObject({ describe: 'v1.0-1-g…', status: '' });
  test.git('worktree', 'add', '--quiet', '.trees/other', '-b', 'other');
  expect(said(await armOf(at(join(test.root, '.trees/other')), tree))).toMatchObject({ describe: 'v1.0-1-g…' });
  test.commit('second');
  const clone = join(temporaryFolder(), 'clone');
  test.git('clone', '--quiet', '--depth', '1', `file://${test.root}`, clone);
  const arm = await armOf(at(clone), at(clone).git('rev-parse', 'HEAD^{tree}'));
  expect(arm.git('log', '--format=%s').split('\n')).toEqual(['work in progress', 'second']);
});

test('files written by a filter of the project’s configuration do not count as changes', async () => {
  const test = repository({ '.gitattributes': '*.txt text\n', 'a.txt': 'one\ntwo\n' });
  test.git('config', 'core.autocrlf', 'true');
  const arm = await armOf(test, test.git('rev-parse', 'HEAD^{tree}'));
  expect(arm.read('a.txt')).toBe('one\r\ntwo\r\n');
  expect(arm.git('status', '--porcelain')).toBe('');
});
