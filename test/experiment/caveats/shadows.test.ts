import { expect, it } from 'vitest';
import { shadowsOf } from '../../../src/experiment/caveats/shadows.ts';

const packages = ['app/__init__.py', '__init__.py'];
const shadows = (...paths: string[]) =>
  shadowsOf(paths, { has: (path) => packages.slice(0, 1).includes(path), programFolders: ['tools'] });

it.each([
  ['json.py', 'module', 'json'],
  ['bench/random/__init__.py', 'module', 'random'],
  ['time.cpython-312-x86_64-linux-gnu.so', 'module', 'time'],
  ['pytest.py', 'module', 'pytest'],
  ['src/sitecustomize.py', 'startup', 'sitecustomize'],
  ['usercustomize.pyc', 'startup', 'usercustomize'],
  ['a/fast.pth', 'startup', 'fast.pth'],
  ['node_modules/vitest/index.js', 'package', 'vitest'],
  ['web/node_modules/@scope/name/a/b.js', 'package', '@scope/name'],
  ['node_modules/.bin/vitest', 'program', 'vitest'],
  ['tools/expr', 'program', 'expr'],
])('%s shadows a %s', (path, kind, name) => {
  expect(shadows(path)).toEqual([{ path, kind, name }]);
});

it.each([
  'app/json.py',
  'src/parse.py',
  'src/vitest.js',
  'docs/time.md',
  'other/expr',
  'node_modules/.package-lock.json',
])('%s shadows nothing', (path) => {
  expect(shadows(path)).toEqual([]);
});

it('names a shadowed package once, however many files it has', () => {
  const found = shadows('node_modules/a/1.js', 'node_modules/a/2.js', 'node_modules/b/1.js');
  expect(found.map(({ name }) => name)).toEqual(['a', 'b']);
});
