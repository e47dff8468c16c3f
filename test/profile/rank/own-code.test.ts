import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toSpeedscope } from '../../../src/profile/flame/speedscope-export.ts';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { ranked } from '../formats/ranked.ts';

const found = (name: string) => join(import.meta.dirname, '../formats/fixtures/found', name);

/** The hotspots of a profile in a project of these files: id and ceiling. */
async function inProject(profile: string, files: Record<string, string>) {
  const root = folder(files);
  const list = hotspots(await projectProfile([profile], root), root).hotspots;
  return list.map((h) => [h.id, Math.round(h.ceiling_pct)]);
}

test('relative paths of the standard library of Python are not the project’s, with its files or without', async () => {
  expect(await inProject(found('stdlib.folded'), { 'app.py': '' })).toEqual([['parse app.py:3', 100]]);
  expect(await inProject(found('stdlib.folded'), {})).toEqual([['parse app.py:3', 100]]);
});

test('a module of the project that a package of Python names is found below src; one of site-packages is not', async () => {
  const stacks =
    'main (shop/cart.py:9);get (requests/api.py:3);parse (shop/parse.py:4) 10\nmain (shop/cart.py:9);get (requests/api.py:3) 30\n';
  const files = { 'a.folded': stacks, 'src/shop/cart.py': '', 'src/shop/parse.py': '' };
  const root = folder(files);
  const list = hotspots(await projectProfile([join(root, 'a.folded')], root), root).hotspots;
  expect(list.map((h) => [h.id, h.ceiling_pct])).toEqual([
    ['main src/shop/cart.py:9', 75],
    ['parse src/shop/parse.py:4', 25],
  ]);
});

test('a file inside a package of the project is not the module of its name at the top', async () => {
  const files = { 'app.py': '', 'tools/__init__.py': '', 'tools/random.py': '' };
  const root = folder({ ...files, 'a.folded': 'main (app.py:9);choice (random.py:3) 10\n' });
  const list = hotspots(await projectProfile([join(root, 'a.folded')], root), root).hotspots;
  expect(list.map((h) => h.id)).toEqual(['main app.py:9']);
});

test('Go with -trimpath: only the module is the project’s', async () => {
  const files = { 'go.mod': 'module example.com/app\n\ngo 1.22\n', 'work.go': '' };
  expect(await inProject(found('trimpath.pprof'), files)).toEqual([['main.work work.go:10', 100]]);
  expect(await inProject(found('trimpath.pprof'), {})).toEqual([['main.work example.com/app/work.go:10', 100]]);
});

test('code that the JVM compiled is the project’s, its own library is not', async () => {
  const { hotspots: list } = hotspots(await readProfile(found('jit.folded')), '/app');
  expect(list.map((h) => [h.id, h.ceiling_pct])).toEqual([
    ['app/Parser.next', 70],
    ['app/Writer.write', 30],
  ]);
  expect((await ranked('a.folded', 'app/Main.main_[0];java/util/HashMap.get_[j] 4\n')).hotspots[0]).toMatchObject({
    function: 'app/Main.main',
    ceiling_pct: 100,
  });
  expect((await ranked('a.folded', 'work;memcpy_[i] 4\n')).shares[0]![0]).toBe('memcpy');
});

test('stacks that begin with a thread in brackets', async () => {
  const { hotspots: list } = hotspots(await readProfile(found('threads.folded')), '/app');
  expect(list.slice(0, 2).map((h) => h.id)).toEqual(['app/Parser.parse', 'app/Writer.write']);
});

test.each([
  [
    'a comprehension on the first line of its function',
    'main (app.py:9);parse (app.py:3);<listcomp> (app.py:3) 9\n',
    'parse app.py:3',
  ],
  [
    'a lambda above the line that ran',
    '<module> (app.py:20);parse (app.py:7);<lambda> (app.py:4) 9\n',
    'parse app.py:4',
  ],
  ['a closure of Go', 'main.main;main.parse;main.parse.func1 9\n', 'main.parse'],
  ['a closure of Rust', 'app::main;app::parse;app::parse::{{closure}} 9\n', 'app::parse'],
  ['a block of Ruby', 'main;Parser#parse;Array#each;block in Parser#parse 9\n', 'Parser#parse'],
  ['a lambda of Java', 'app/M.main_[j];app/M.parse_[j];app/M.lambda$parse$0_[j] 9\n', 'app/M.parse'],
])('%s belongs to the function around it', async (_, text, id) => {
  expect((await ranked('a.folded', text)).hotspots[0]!.id.split(':')[0]).toBe(id.split(':')[0]);
});

test('a one-line comprehension belongs to its function and not to the module', async () => {
  const { hotspots: list } = hotspots(await readProfile(found('one-line-comprehension.folded')), '/app');
  expect(list[0]).toMatchObject({ function: 'parse', ceiling_pct: 99 });
});

test.each(['jit.folded', 'stdlib.folded', 'inlined.callgrind', 'periods.perf'])(
  '%s ranks alike after an export to speedscope',
  async (name) => {
    const root = folder({ 'app.py': '' });
    const profile = await projectProfile([found(name)], root);
    const copy = join(folder({ 'p.speedscope.json': toSpeedscope(profile, name) }), 'p.speedscope.json');
    const again = await projectProfile([copy], root);
    const rank = (p: typeof profile) =>
      hotspots(p, root).hotspots.map((h) => [h.function, h.file, Math.round(h.ceiling_pct)]);
    expect(again.unit).toBe(profile.unit);
    expect(rank(again)).toEqual(rank(profile));
  },
);
