import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readlinkSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { diskNeeded, freeze } from '../../src/git/freeze.ts';
import { openRepo } from '../../src/git/repo.ts';
import { filesUnder, repository, temporaryFolder } from '../helpers/repository.ts';

const copyOf = async (root: string) => {
  const dir = join(temporaryFolder(), 'frozen');
  return { dir, ...(await freeze(await openRepo(root), dir)) };
};

test('the copy holds tracked, untracked and ignored files with modes and times, but no files of git or perf-gate', async () => {
  const test = repository({ 'a.js': '1', '.gitignore': 'node_modules/\n', 'line\nbreak/-x': '1', 'sub/app.js': '1' });
  test.write('untracked.js', '1');
  test.write('node_modules/dep/tool', 'x', 0o755);
  test.link('node_modules/.bin/tool', '../dep/tool');
  utimesSync(join(test.root, 'a.js'), 1000, 1234.5);
  const wanted = test.files();
  test.write('.perf-gate/runs/r/run.md', '1');
  test.write('sub/.perf-gate/local/lock', '1');
  test.git('init', '--quiet', 'nested');
  test.write('nested/file', '1');
  test.git('worktree', 'add', '--quiet', '.trees/other', '-b', 'other');
  const { dir, skipped } = await copyOf(test.root);
  expect(filesUnder(dir)).toEqual({ ...wanted, '.trees/': '', 'nested/file': '100644 1' });
  expect(statSync(join(dir, 'a.js')).mtimeMs).toBe(1234500);
  expect([join(dir, '.git'), join(dir, 'nested/.git')].map((f) => lstatSync(f, { throwIfNoEntry: false }))).toEqual([
    undefined,
    undefined,
  ]);
  expect(skipped).toEqual([]);
});

test('FIFOs are skipped and named, read-only folders can be filled and removed, an old copy is replaced', async () => {
  const test = repository({ 'locked/a': '1', 'old.js': '1' });
  execFileSync('mkfifo', [join(test.root, 'pipe')]);
  chmodSync(join(test.root, 'locked'), 0o555);
  const { dir, skipped } = await copyOf(test.root);
  chmodSync(join(test.root, 'locked'), 0o755);
  expect(skipped).toEqual(['pipe']);
  test.remove('old.js');
  await freeze(await openRepo(test.root), dir);
  expect(filesUnder(dir)).toEqual({ 'locked/a': '100644 1' });
});

test('a folder that holds the project is never emptied', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  for (const dir of [test.root, dirname(test.root)])
    await expect(freeze(repo, dir)).rejects.toThrow('contains the project');
  expect(test.read('a.js')).toBe('1');
});

test('a project in a sub-folder is copied with the whole repository', async () => {
  const test = repository({ 'lib/l.js': '1', 'app/a.js': '1' });
  expect(filesUnder((await copyOf(join(test.root, 'app'))).dir)).toEqual(test.files());
});

test('the disk space it needs is the size of what it copies', async () => {
  const test = repository({ a: '12345', 'b/c': '123' });
  test.write('.perf-gate/big', 'x'.repeat(1000));
  expect(await diskNeeded(await openRepo(test.root))).toEqual({
    bytes: 8,
    largest: { path: 'a', bytes: 5 },
  });
});

test('links within the project are copied as they are; those that leave it lead to the same place', async () => {
  const outside = temporaryFolder();
  const test = repository({ 'src/a.js': '1' });
  test.link('src/self', './a.js');
  test.link('up', 'src/../src');
  test.link('absolute', outside);
  test.link('relative', `../${outside.split('/').pop()}`);
  test.link('dangling', 'nowhere');
  const { dir } = await copyOf(test.root);
  expect(['src/self', 'up', 'absolute', 'relative', 'dangling'].map((path) => readlinkSync(join(dir, path)))).toEqual([
    './a.js',
    'src/../src',
    outside,
    outside,
    'nowhere',
  ]);
});

const leading: [name: string, make: (test: ReturnType<typeof repository>) => void, path: string][] = [
  ['an absolute link', (t) => t.link('node_modules/app', join(t.root, 'src')), 'node_modules/app'],
  ['a relative link through the parent', (t) => t.link('l', `../${t.root.split('/').pop()}/src`), 'l'],
  [
    'a link by way of another one outside',
    (t) => {
      const way = join(temporaryFolder(), 'way');
      symlinkSync(t.root, way);
      t.link('l', join(way, 'src'));
    },
    'l',
  ],
  ['an editable install', (t) => t.write('.venv/lib/x.pth', `${t.root}/src\n`), '.venv/lib/x.pth'],
  [
    'an editable finder',
    (t) => t.write('v/__editable___app_finder.py', `MAPPING = {'app': '${t.root}/src'}`),
    'v/__editable___app_finder.py',
  ],
  ['an egg link', (t) => t.write('v/app.egg-link', `${t.root}\n.`), 'v/app.egg-link'],
  [
    'a script of a virtual environment',
    (t) => {
      t.write('.venv/pyvenv.cfg', 'home = /usr/bin\n');
      t.write('.venv/bin/pytest', `#!${t.root}/.venv/bin/python\n`, 0o755);
    },
    '.venv/bin/pytest',
  ],
  [
    'a virtual environment',
    (t) => t.write('.venv/pyvenv.cfg', `command = /usr/bin/python3 -m venv ${t.root}/.venv\n`),
    '.venv/pyvenv.cfg',
  ],
  [
    'a CMake cache',
    (t) => t.write('build/CMakeCache.txt', `CMAKE_HOME_DIRECTORY:INTERNAL=${t.root}\n`),
    'build/CMakeCache.txt',
  ],
];
test.for(leading)('is refused, because a copy would run the original: %s', async ([, make, path]) => {
  const test = repository({ 'src/a.js': '1' });
  make(test);
  await expect(copyOf(test.root)).rejects.toMatchObject({
    code: 'arm_leads_back',
    message: expect.stringContaining(`${path} points back`),
  });
});

test('a path file that names another place, or a longer name, is no reason to refuse', async () => {
  const test = repository({ 'src/a.js': '1' });
  test.write('v/x.pth', `${test.root}-other/src\n/opt${test.root}\n../src\n`);
  test.write('v/CMakeCache.txt', 'CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n');
  test.write('readme.txt', `see ${test.root}`);
  expect((await copyOf(test.root)).skipped).toEqual([]);
});
