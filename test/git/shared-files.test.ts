import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneFile } from '../../src/core/fs.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { trespassIn } from '../../src/git/frozen-copy.ts';
import { openRepo } from '../../src/git/repo.ts';
import { filesUnder, repository, temporaryFolder } from '../helpers/repository.ts';

/** A project with ignored files, its frozen copy, and two arms of the base, as a run makes them: `a` first. */
async function twoArms() {
  const test = repository({ 'app.js': '1', '.gitignore': 'node_modules/\ndist/\n' });
  test.write('node_modules/dep/index.js', 'dep');
  test.write('node_modules/dep/tool', 'tool', 0o755);
  test.write('dist/out.js', 'built before');
  test.link('node_modules/.bin/tool', '../dep/tool');
  const repo = await openRepo(test.root);
  const home = temporaryFolder();
  const [f, a, b] = ['f', 'a', 'b'].map((name) => join(home, name)) as [string, string, string];
  const tree = test.git('rev-parse', 'HEAD^{tree}');
  const before = test.files();
  await freeze(repo, f);
  const make = async (dir: string, to = tree) => {
    await prepareArm(repo, { dir, other: dir === a ? b : a, frozen: { dir: f, tree }, tree: to });
    return filesUnder(dir);
  };
  await make(a);
  await make(b);
  const trespass = () => trespassIn({ frozen: f, arms: [a, b], project: test.root });
  const inode = (dir: string, path: string) => statSync(join(dir, path)).ino;
  return { test, repo, f, a, b, tree, before, make, trespass, inode };
}

const dep = 'node_modules/dep/index.js';
const clones = (dir: string) => cloneFile(`${dir}.made`, `${dir}.clone-test`);

test('the second arm shares files with the frozen copy, the first shares none, and neither shares with the project', async () => {
  const { test, f, a, b, before, inode } = await twoArms();
  expect(filesUnder(a)).toEqual(before);
  expect(filesUnder(b)).toEqual(before);
  for (const path of [dep, 'node_modules/dep/tool', 'dist/out.js', 'app.js']) {
    const places = [test.root, f, a].map((dir) => inode(dir, path));
    expect(new Set(places).size).toBe(3);
    if (!clones(f)) expect(inode(b, path)).toBe(inode(f, path));
  }
});

test('an untouched arm is made again without copying', async () => {
  const { a, b, make, inode } = await twoArms();
  const before = [a, b].map((dir) => [inode(dir, dep), lstatSync(join(dir, dep)).ctimeMs]);
  await make(a);
  await make(b);
  expect([a, b].map((dir) => [inode(dir, dep), lstatSync(join(dir, dep)).ctimeMs])).toEqual(before);
});

type Deed = [what: string, deed: (path: string) => void];
const deeds: Deed[] = [
  ['is written in place', (path) => writeFileSync(path, 'other')],
  [
    'is written in place, with its time set back',
    (path) => {
      const { atimeMs, mtimeMs } = statSync(path);
      writeFileSync(path, 'DEP');
      utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
    },
  ],
  ['is appended to', (path) => appendFileSync(path, 'more')],
  ['is emptied', (path) => truncateSync(path)],
  ['gets other rights', (path) => chmodSync(path, 0o600)],
  ['is removed', (path) => rmSync(path)],
  [
    'is replaced',
    (path) => {
      rmSync(path);
      writeFileSync(path, 'other');
    },
  ],
  [
    'becomes a folder',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];

test.for(deeds)(
  'where a file of one arm %s, the other arm and the project keep theirs, and the next arm is whole',
  async ([, deed]) => {
    for (const place of ['a', 'b'] as const) {
      const { test, f, a, b, before, make, trespass } = await twoArms();
      const [mine, other] = place === 'a' ? [a, b] : [b, a];
      deed(join(mine, dep));
      expect(filesUnder(other)).toEqual(before);
      expect(test.files()).toEqual(before);
      expect(await trespass()).toBeUndefined();
      expect(await make(mine)).toEqual(before);
      expect(await make(other)).toEqual(before);
      expect(filesUnder(f)).toEqual(before);
      expect(await trespass()).toBeUndefined();
    }
  },
);

test('a file that both arms wrote is restored from the project', async () => {
  const { f, a, b, before, make } = await twoArms();
  for (const dir of [a, b]) writeFileSync(join(dir, dep), 'other');
  expect(await make(b)).toEqual(before);
  expect(await make(a)).toEqual(before);
  expect(filesUnder(f)).toEqual(before);
});

test('if both arms wrote a shared file and the project changed it too, the next arm is refused', async () => {
  const { test, f, a, b, make } = await twoArms();
  if (clones(f)) return;
  for (const dir of [a, b]) writeFileSync(join(dir, dep), 'other');
  test.write(dep, 'newer');
  await expect(make(a)).rejects.toMatchObject({ code: 'frozen_changed', message: expect.stringContaining(dep) });
  expect(test.read(dep)).toBe('newer');
});

test('a file that an arm wrote is not shared again', async () => {
  const { f, a, b, make, inode } = await twoArms();
  writeFileSync(join(a, 'dist/out.js'), 'built now');
  await make(b);
  expect(inode(b, 'dist/out.js')).not.toBe(inode(f, 'dist/out.js'));
  if (!clones(f)) expect(inode(b, dep)).toBe(inode(f, dep));
});

const trespasses: [what: string, deed: (f: string, b: string) => void, path: string][] = [
  [
    'a file that no arm shares',
    (f, b) => {
      rmSync(join(b, dep));
      writeFileSync(join(f, dep), 'x');
    },
    dep,
  ],
  [
    'a file that was replaced',
    (f) => {
      rmSync(join(f, dep));
      writeFileSync(join(f, dep), 'x');
    },
    dep,
  ],
  ['a new file', (f) => writeFileSync(join(f, 'node_modules/new.js'), ''), 'node_modules/new.js'],
  ['a file that was removed', (f) => rmSync(join(f, dep)), dep],
];
test.for(trespasses)('a change of the frozen copy itself is found, and stays found: %s', async ([, deed, path]) => {
  const { f, a, b, make, trespass } = await twoArms();
  deed(f, b);
  expect(await trespass()).toBe(path);
  await make(a);
  await make(b);
  expect(await trespass()).toBe(path);
});

test('only files that changed in the project since the copy are copied again; no arm keeps the old version', async () => {
  const { test, repo, tree, inode } = await twoArms();
  const [f, a] = ['f', 'a'].map((name) => join(temporaryFolder(), name)) as [string, string];
  await freeze(repo, f);
  const arm = { dir: a, frozen: { dir: f, tree }, tree };
  await prepareArm(repo, arm);
  test.write(dep, 'newer');
  test.write('node_modules/new.js', 'new');
  rmSync(join(test.root, 'dist'), { recursive: true });
  writeFileSync(join(f, 'app.js'), 'touched');
  const kept = [f, a].map((dir) => inode(dir, 'node_modules/dep/tool'));
  await freeze(repo, f, { arms: [a] });
  expect(filesUnder(f)).toEqual(test.files());
  await prepareArm(repo, arm);
  expect(filesUnder(a)).toEqual(test.files());
  expect([f, a].map((dir) => inode(dir, 'node_modules/dep/tool'))).toEqual(kept);
});
