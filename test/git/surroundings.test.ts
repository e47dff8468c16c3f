import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { revert } from '../../src/git/revert.ts';
import { at, repository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

test('no hook of the repository runs, and no commit is signed', async () => {
  const test = repository({ 'a.js': '1' });
  const hooks = [
    'pre-commit',
    'commit-msg',
    'post-commit',
    'reference-transaction',
    'post-index-change',
    'post-checkout',
  ];
  mkdirSync(join(test.root, '.git/hooks'), { recursive: true });
  for (const hook of hooks)
    test.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch '${test.root}/.git/ran-${hook}'\nexit 1\n`, 0o755);
  test.git('config', 'commit.gpgSign', 'true');
  test.git('config', 'gpg.program', '/bin/false');
  const first = await attempted(test, () => test.write('a.js', '2'));
  await revert(first.repo, first);
  const made = await attempted(test, () => test.write('a.js', '3'));
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('cat-file', 'commit', commit!)).not.toContain('gpgsig');
  expect(hooks.filter((hook) => existsSync(join(test.root, `.git/ran-${hook}`)))).toEqual([]);
  expect(() => test.git('commit', '--allow-empty', '--message', 'a user’s commit does run them')).toThrow();
});

test('a locked index is waited for, and a crash at that point is repaired by repeating the call', async () => {
  const test = repository({ 'a.js': '1' });
  const made = await attempted(test, () => test.write('a.js', '2'));
  test.write('.git/index.lock', '');
  const asked = accept(made.repo, { ...made, message: 'm' });
  await expect(asked).rejects.toMatchObject({ code: 'index_locked', message: expect.stringContaining('index.lock') });
  const again = accept(made.repo, { ...made, message: 'm' });
  setTimeout(() => test.remove('.git/index.lock'), 300);
  expect(await again).toMatchObject({ commit: test.git('rev-parse', 'HEAD'), left_in_index: [] });
  expect(test.git('status', '--porcelain')).toBe('');
});

test('a project in a sub-folder takes changes of the whole repository', async () => {
  const test = repository({ 'lib/l.js': '1', 'packages/my app/a.js': '1' });
  const before = test.files();
  const edit = () => {
    test.write('packages/my app/a.js', '2');
    test.write('lib/l.js', '2');
  };
  const first = await attempted(test, edit, 'packages/my app');
  expect(await revert(first.repo, first)).toMatchObject({ restored: ['lib/l.js', 'packages/my app/a.js'] });
  expect(test.files()).toEqual(before);
  const made = await attempted(test, edit, 'packages/my app');
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('diff', '--name-only', 'HEAD^', commit!)).toBe('lib/l.js\npackages/my app/a.js');
});

test('if git knows no name, commits have perf-gate’s name', async () => {
  const test = repository({ 'a.js': '1' });
  test.git('config', '--unset', 'user.name');
  test.git('config', '--unset', 'user.email');
  const made = await attempted(test, () => test.write('a.js', '2'));
  await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('log', '-1', '--format=%an <%ae> %cn')).toBe('perf-gate <perf-gate@localhost> perf-gate');
});

test('a SHA-256 repository works the same', async () => {
  const test = repository({ 'a.js': '1', 'gone.js': '1' }, ['--object-format=sha256']);
  const before = test.files();
  const edit = () => {
    test.write('a.js', '2');
    test.write('new.js', '1');
    test.remove('gone.js');
  };
  const first = await attempted(test, edit);
  expect(first.tip).toHaveLength(64);
  await revert(first.repo, first);
  expect(test.files()).toEqual(before);
  const made = await attempted(test, edit);
  await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('status', '--porcelain')).toBe('');
});

test('a linked worktree is a project like any other', async () => {
  const main = repository({ 'a.js': '1' });
  const root = join(temporaryFolder(), 'tree');
  main.git('worktree', 'add', '--quiet', '-b', 'side', root);
  const test = at(root);
  const made = await attempted(test, () => test.write('a.js', '2'));
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.git('rev-parse', 'side')).toBe(commit);
  expect(test.git('status', '--porcelain')).toBe('');
  expect(main.git('status', '--porcelain')).toBe('');
  expect(main.git('rev-parse', 'main')).toBe(made.tip);
});

test.for(['--no-sparse-index', '--sparse-index'])(
  'in a sparse checkout (%s) a fix may even write beyond it',
  async (kind) => {
    const test = repository({ 'in/a.js': '1', 'out/b.js': '1', 'out/c.js': '1', 'far/d.js': '1' });
    test.git('sparse-checkout', 'set', kind, 'in');
    const edit = () => {
      test.write('in/a.js', '2');
      test.write('out/b.js', '2');
      test.write('out/new.js', '1');
    };
    const first = await attempted(test, edit);
    expect(await revert(first.repo, first)).toEqual({
      restored: ['in/a.js', 'out/b.js'],
      removed: ['out/new.js'],
      left: [],
    });
    // What the fix brought onto the disk stays there, as it is committed.
    expect(test.files()).toEqual({ 'in/a.js': '100644 1', 'out/b.js': '100644 1' });
    expect(test.git('status', '--porcelain')).toBe('');
    const made = await attempted(test, edit);
    const { commit } = await accept(made.repo, { ...made, message: 'm' });
    expect(test.git('ls-tree', '-r', '--name-only', commit!)).toBe('far/d.js\nin/a.js\nout/b.js\nout/c.js\nout/new.js');
    expect(test.git('status', '--porcelain')).toBe('');
    expect(Object.keys(test.files())).toEqual(['in/a.js', 'out/b.js', 'out/new.js']);
  },
);

test('changes inside a submodule are not seen, and a moved submodule is refused', async () => {
  const inner = repository({ 'x.js': '1' });
  const test = repository({ 'a.js': '1' });
  test.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'lib');
  test.commit('submodule');
  const sub = at(join(test.root, 'lib'));
  const dirt = await attempted(test, () => {
    sub.write('x.js', '2');
    test.write('a.js', '2');
  });
  await revert(dirt.repo, dirt);
  expect(sub.read('x.js')).toBe('2');
  const moved = await attempted(test, () =>
    sub.git('-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-qam', 'two'),
  );
  await expect(accept(moved.repo, { ...moved, message: 'm' })).rejects.toMatchObject({ code: 'submodule_moved' });
  expect(await revert(moved.repo, moved)).toEqual({ restored: [], removed: [], left: ['lib'] });
});
