import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { recon } from '../../src/scoping/recon/recon.ts';
import { folder } from '../helpers/folder.ts';

const first = (files: Record<string, string>) => recon(folder(files)).scripts[0];

test.each([
  [
    'mitata',
    "import { bench, run } from 'mitata';\nbench('sort', f);\nawait run({ format: 'json' });\n",
    { file: 'perf-gate-bench.json' },
  ],
  [
    'tinybench',
    "import { Bench } from 'tinybench';\nconst b = new Bench();\nb.add('sort', f);\nb.add('other', g);\nawait b.run();\nconsole.log(JSON.stringify(b.tasks.map(({ name, result }) => ({ name, result }))));\n",
    { file: 'perf-gate-bench.json', key: 'sort' },
  ],
])('a program of %s that prints JSON is offered with the metric in its output', (format, source, where) => {
  const found = first({ 'package.json': '{}', 'bench/sort.mjs': source });
  expect(found).toMatchObject({
    command: 'node bench/sort.mjs > perf-gate-bench.json',
    reports: { source: { format, ...where } },
  });
  // a package manager would print its banner before the JSON
  const scripts = { prebench: 'node x.js', bench: 'node bench/sort.mjs | cat' };
  const piped = first({ 'package.json': JSON.stringify({ scripts }), 'bench/sort.mjs': source });
  expect(piped).toMatchObject({
    command: expect.stringContaining('npm run'),
    caution: expect.stringContaining(format),
  });
});

test('a program that writes its results to a file is offered with an unchanged command', () => {
  const source =
    "import { Bench } from 'tinybench';\nb.add('sort', f);\nwriteFileSync('out/r.json', JSON.stringify(b.tasks.map(pick)));\n";
  expect(first({ 'package.json': '{}', 'bench/sort.mjs': source })).toMatchObject({
    command: 'node bench/sort.mjs',
    reports: { unit: 'ms', source: { format: 'tinybench', file: 'out/r.json' } },
  });
});

test.each([
  ['tinybench', { 'package.json': '{}', 'bench.mjs': "import { Bench } from 'tinybench';\n" }, 'JSON.stringify'],
  ['mitata', { 'package.json': '{}', 'bench.mjs': "import { run } from 'mitata';\nawait run();\n" }, "format: 'json'"],
  [
    'divan',
    { 'Cargo.toml': '[package]\nname = "a"\n', 'benches/b.rs': 'fn main() { divan::main(); }\n' },
    '--sample-count',
  ],
])('a program of %s that prints only a table gets a caution, with the way to get a number', (tool, files, way) => {
  const found = first(files as unknown as Record<string, string>);
  expect(found?.reports).toBeUndefined();
  expect(found?.caution).toMatch(new RegExp(`^${tool} decides how long it runs`));
  expect(found?.caution).toContain(way);
});

test('a script of pyperf is offered with its result file, which is removed first', () => {
  const found = first({
    'requirements.txt': 'pyperf\n',
    'bench_sort.py':
      'import pyperf\nrunner = pyperf.Runner()\nrunner.bench_func("sort", f)\nrunner.timeit(name="other", stmt="f()")\n',
  });
  expect(found?.command).toMatch(/^rm -f (\S+) && \S+ bench_sort\.py .*--output \1$/);
  expect(found?.reports?.source).toEqual({ format: 'pyperf', file: 'perf-gate-bench.json', key: 'sort' });
});

test.skipIf(spawnSync('python3', ['--version']).status !== 0)(
  'functions of asv without parameters are timed one by one (needs python3)',
  () => {
    const root = folder({
      'pyproject.toml': '[project]\nname = "x"\n',
      'asv.conf.json': '{\n  // comments are allowed\n  "benchmark_dir": "perf/asv"\n}\n',
      'perf/asv/__init__.py': '',
      'perf/asv/sorts.py': `def time_plain():
    sorted([3, 2, 1])


def time_with_sizes(n):
    pass
time_with_sizes.params = [1, 2]


class Base:
    def setup(self):
        self.x = [2, 1]


class Suite(Base):
    def time_sort(self):
        sorted(self.x)

    def mem_list(self):
        return []


class Sizes:
    params = [1, 2]

    def time_sized(self, n):
        pass
`,
    });
    const found = recon(root).scripts;
    expect(found.map(({ found_in }) => found_in)).toEqual([
      'perf/asv/sorts.py, time_plain',
      'perf/asv/sorts.py, time_sort',
    ]);
    for (const { command, reports } of found) {
      const printed = execFileSync('sh', ['-c', command.replace('-vv', '-n 1')], { cwd: root, encoding: 'utf8' });
      const { pattern = '' } = (reports?.source ?? {}) as { pattern?: string };
      expect(Number(new RegExp(pattern).exec(printed)?.[1])).toBeGreaterThan(0);
    }
  },
);

test('Meson: a program that `benchmark()` names runs with its arguments, from a release build in a separate folder', () => {
  const found = recon(
    folder({
      'meson.build': `project('x', 'c')
subdir('perf')
tool = executable('tool', 'tool.c', dependencies: dependency('zlib'))
benchmark('all of it', sorting, args: ['--n', '9 k'])
test('works', tool)
`,
      'perf/meson.build': "sorting = executable('sorting', files('sort.c'))\n",
      'perf/sort.c': '',
      'tool.c': '',
    }),
  );
  expect(found).toMatchObject({
    language: 'c',
    package_manager: 'meson',
    build_command: 'meson setup perf-gate-build --buildtype=release && meson compile -C perf-gate-build',
    test_command: expect.stringMatching(/meson test -C perf-gate-build$/),
  });
  expect(found.scripts).toMatchObject([
    {
      command: "perf-gate-build/perf/sorting --n '9 k'",
      kind: 'bench',
      build: expect.stringMatching(/meson compile -C perf-gate-build sorting$/),
    },
    { command: 'perf-gate-build/tool', kind: 'start' },
    { kind: 'build' },
  ]);
});
