import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { mayHold, spokenName, wordsOf } from '../../../src/profile/rank/in-source.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';

/** What `perf script -F +srcline` prints: files without folders, and for the kernel an address instead of one. */
const sample = (line: number) => `slow 32688 26216.085584:    1001001 cpu-clock:ppp: 
	ffffffff821f2e30 irqentry_exit_to_user_mode+0x110 ([kernel.kallsyms])
  [kernel.kallsyms][ffffffff821f2e30]
	            118b burn+0x52 (/elsewhere/slow)
  slow.c:${line}
	            11ae main+0xe (/elsewhere/slow)
  slow.c:9
	           2724a __libc_start_call_main+0x7a (/usr/lib/x86_64-linux-gnu/libc.so.6)
  libc-start.c:74

`;

test('perf script with lines: files are found by their names, and what is not there is not the project’s', async () => {
  const root = folder({
    'src/slow.c': 'long burn(void);\n',
    'build/deep/slow.c': '',
    'slow.script': sample(3) + sample(4),
  });
  const found = hotspots(await projectProfile([join(root, 'slow.script')], root), root);
  expect(found.total).toBe(2.002002);
  const places = found.hotspots.map((h) => [h.id, h.self_pct, h.ceiling_pct, h.total_pct]);
  expect(places).toEqual([['burn src/slow.c:3', 0, 100, 100]]);
});

test('a file named relative to the project stays as it is, even if others share its name', async () => {
  const table = '  ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n';
  const row = (file: string) => `       1    0.100    0.100    0.100    0.100 ${file}:1(work)\n`;
  const root = folder({
    'deep/a.py': '',
    'a.py': '',
    '.venv/b.py': '',
    'lib/c.py': '',
    'out.txt': table + ['a.py', 'deep/a.py', 'b.py', 'c.py', '<string>'].map(row).join(''),
  });
  const found = hotspots(await projectProfile([join(root, 'out.txt')], root), root);
  expect(found.hotspots.map((h) => h.file).sort()).toEqual(['a.py', 'deep/a.py', 'lib/c.py']);
});

test('a file without folders is the project’s if it contains the function’s name; otherwise it is another file of that name', async () => {
  const stacks = [
    ['decoder.py', 'raw_decode', 30],
    ['decoder.py', 'parse', 20],
    ['decoder.py', '<listcomp>', 5],
    ['tools.py', 'second', 10],
    ['json/decoder.py', 'elsewhere', 35],
  ] as const;
  const folded = stacks.map(([file, name, count], i) => `${name} (${file}:${i + 1}) ${count}\n`).join('');
  const root = folder({
    'decoder.py': 'import json\ndef parse(text):\n    return [json.loads(x) for x in text]\n',
    'tools.py': 'def first(): pass\n',
    'lib/tools.py': 'def second(): pass\n',
    'p.folded': folded,
  });
  const { hotspots: found } = hotspots(await projectProfile([join(root, 'p.folded')], root), root);
  expect(found.map((h) => [h.id, h.self_pct])).toEqual([
    ['parse decoder.py:2', 20],
    ['second lib/tools.py:4', 10],
    ['<listcomp> decoder.py:3', 5],
  ]);
});

test('perf names lines of inlined code: their cost stays with the function that was compiled', async () => {
  const stack = (...frames: [name: string, place: string][]) =>
    `app 1 1.1:   1000000 cpu-clock: \n${frames.map(([name, place]) => `\tff ${name}+0x1 (/elsewhere/app)\n  ${place}\n`).join('')}\n`;
  const root = folder({
    'src/app.cpp': 'void Grid::fill() { std::sort(a, b, [] { less(); }); }\nint main() { fill(); }\n',
    'p.script':
      stack(['std::sort<int*>', 'stl_algo.h:5'], ['Grid::fill', 'stl_algo.h:9'], ['main', 'app.cpp:2']).repeat(8) +
      stack(['std::sort<int*>', 'app.cpp:1'], ['Grid::fill', 'stl_algo.h:7'], ['main', 'app.cpp:2']) +
      stack(['Grid::fill', 'app.cpp:1'], ['main', 'app.cpp:2']),
  });
  const { hotspots: found } = hotspots(await projectProfile([join(root, 'p.script')], root), root);
  expect(found.map((h) => [h.id, h.self_pct, h.ceiling_pct, h.total_pct])).toEqual([
    ['Grid::fill src/app.cpp:1', 10, 100, 100],
  ]);
});

test.each([
  ['parse', 'parse'],
  ['Parser.parse', 'Parser.parse'],
  ['parse.<locals>.<lambda>', 'parse'],
  ['<lambda>', ''],
  ['void ns::Grid<std::vector<int>>::fill<int>(int, std::less<int>)', 'ns::Grid::fill'],
  ['(anonymous namespace)::walk(Node*)', '::walk'],
  ['app::parse::{{closure}}::h0123456789abcdef', 'app::parse::'],
  ['<core::iter::Map<I,F> as Iterator>::fold', '::fold'],
  ['operator<<(std::ostream&, Point const&)', ''],
  ['_ZN3app5parseEv', ''],
  ['parse.part.0', 'parse'],
  ['parse [clone .cold]', 'parse'],
  ['parse@plt', 'parse'],
  ["fib(int)'2", 'fib'],
  ["fib'2", 'fib'],
  ['red\u001b[31m', ''],
])('the parts of a name that its source must contain: %s', (name, wanted) => {
  expect(spokenName(name)).toBe(wanted);
});

test('a name that macros build occurs in a C source in parts', () => {
  const words = wordsOf('TEST(Suite, works) { int x; }');
  expect(mayHold('a.c', words, 'Suite_works_Test::TestBody()')).toBe(true);
  expect(mayHold('a.c', words, 'yyparse')).toBe(false);
  expect(mayHold('a.py', words, 'Suite_works_Test')).toBe(false);
  expect(mayHold('A.java', words, 'getName')).toBe(true);
  expect(mayHold('a.c', wordsOf(''), 'yyparse')).toBe(true);
});
