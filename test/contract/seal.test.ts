import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesProtected } from '../../src/contract/protects.ts';
import { hashProtected, protectedChanges } from '../../src/contract/seal.ts';
import { folder, put } from '../helpers/folder.ts';

const files = {
  'bench.mjs': 'a',
  'src/a.ts': 'b',
  'src/a.test.ts': 'c',
  'test/one.ts': 'd',
  'test/.hidden/two.ts': 'e',
  'app/[id].ts': 'f',
  'app/i.ts': 'g',
  'node_modules/x/test/x.ts': 'h',
  '.git/config': 'i',
  '.perf-gate/runs/1/run.md': 'j',
  'with space/ä.txt': 'k',
};

test.each([
  [['bench.mjs'], ['bench.mjs']],
  [['./bench.mjs'], ['bench.mjs']],
  [['test/**'], ['test/.hidden/two.ts', 'test/one.ts']],
  [['test'], ['test/.hidden/two.ts', 'test/one.ts']],
  [['test/'], ['test/.hidden/two.ts', 'test/one.ts']],
  [['**/*.{test,spec}.*'], ['src/a.test.ts']],
  [['app/[id].ts'], ['app/[id].ts', 'app/i.ts']],
  [['test/**', '!test/.hidden'], ['test/one.ts']],
  [['with space/*'], ['with space/ä.txt']],
  [['**/x.ts'], []],
  [['node_modules/x/**'], ['node_modules/x/test/x.ts']],
  [['**/config'], []],
  [['.git/config'], ['.git/config']],
  [['nothing/here'], []],
  [[], []],
])('%j protects %j, on disk and in a list of paths', (patterns, expected) => {
  const root = folder(files);
  expect(Object.keys(hashProtected(root, patterns))).toEqual(expected);
  expect(matchesProtected(Object.keys(files), patterns).sort()).toEqual(expected);
});

test('** protects everything except the excluded folders', () => {
  const paths = Object.keys(hashProtected(folder(files), ['**']));
  expect(paths.filter((p) => /^(\.git|\.perf-gate|node_modules)\//.test(p))).toEqual([]);
  expect(paths).toHaveLength(8);
});

test('added, changed and removed files are reported', () => {
  const root = folder(files);
  const before = hashProtected(root, ['test', 'bench.mjs']);
  put(root, 'test/new.ts', 'new');
  put(root, 'test/one.ts', 'changed');
  rmSync(join(root, 'bench.mjs'));
  put(root, 'src/a.ts', 'not protected');
  expect(protectedChanges(before, hashProtected(root, ['test', 'bench.mjs']))).toEqual([
    { path: 'bench.mjs', kind: 'removed' },
    { path: 'test/new.ts', kind: 'added' },
    { path: 'test/one.ts', kind: 'changed' },
  ]);
});

test('a file may have the name of an inherited key, such as constructor', () => {
  const before = hashProtected(folder({ 'a.txt': 'a' }), ['*']);
  const after = hashProtected(folder({ 'a.txt': 'a', ['__proto__']: 'b', constructor: 'c' }), ['*']);
  expect(protectedChanges(before, after)).toEqual([
    { path: '__proto__', kind: 'added' },
    { path: 'constructor', kind: 'added' },
  ]);
});

test('a file replaced by a link to the same content is a change, and so is a link with another target', () => {
  const root = folder({ 'bench.mjs': 'a', 'copy.mjs': 'a', 'other.mjs': 'b' });
  const before = hashProtected(root, ['bench.mjs']);
  const relink = (to: string) => {
    rmSync(join(root, 'bench.mjs'));
    symlinkSync(to, join(root, 'bench.mjs'));
    return hashProtected(root, ['bench.mjs']);
  };
  const linked = relink('copy.mjs');
  expect(protectedChanges(before, linked)).toEqual([{ path: 'bench.mjs', kind: 'changed' }]);
  expect(protectedChanges(linked, relink('other.mjs'))).toEqual([{ path: 'bench.mjs', kind: 'changed' }]);
  expect(protectedChanges(linked, relink('missing.mjs'))).toEqual([{ path: 'bench.mjs', kind: 'changed' }]);
});

test('a folder replaced by a link to a folder is a change', () => {
  const root = folder({ 'test/a.ts': 'a', 'elsewhere/a.ts': 'a' });
  const before = hashProtected(root, ['test/**', 'test']);
  rmSync(join(root, 'test'), { recursive: true });
  symlinkSync('elsewhere', join(root, 'test'));
  expect(protectedChanges(before, hashProtected(root, ['test/**', 'test'])).length).toBeGreaterThan(0);
});

test('an empty folder and a missing root protect nothing', () => {
  const root = folder({});
  mkdirSync(join(root, 'test'));
  expect(hashProtected(root, ['test'])).toEqual({});
  expect(hashProtected(join(root, 'gone'), ['test'])).toEqual({});
});

test('a path always protects itself, in any spelling', () => {
  const segment = fc.stringMatching(/^[\w[\](){}+@!$ .-]{1,8}$/).filter((s) => !/^(\.+|!.*|\s.*|.*\s)$/.test(s));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), (segments) => {
      const path = segments.join('/');
      expect(matchesProtected([path, `${path}/below`], [path])).toEqual([path, `${path}/below`]);
    }),
  );
});
