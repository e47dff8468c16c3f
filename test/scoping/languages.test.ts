import { expect, test } from 'vitest';
import { anyMachine } from '../../src/scoping/machine.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { folder } from '../helpers/folder.ts';

const first = (files: Record<string, string>) => recon(folder(files)).scripts[0];
const pyproject = (more = '') => `[project]\nname = "x"\ndependencies = []\n${more}`;

test('Node: the build before a test is not timed, and the test runner is called by its path', () => {
  const found = recon(
    folder({
      'package.json': JSON.stringify({
        scripts: { pretest: 'npm run build', build: 'bundt', test: 'uvu -r esm test' },
        devDependencies: { uvu: '1', bundt: '1' },
      }),
      'src/a.js': '',
    }),
  );
  expect(found.scripts).toEqual([
    {
      command: 'node_modules/.bin/uvu -r esm test',
      kind: 'test',
      found_in: 'package.json, scripts.test',
      build: 'npm run pretest',
    },
    { command: 'npm run build', kind: 'build', found_in: 'package.json, scripts.build' },
  ]);
});

test('Node: a benchmark of the built package builds it first, and the packages of its own folder are installed', () => {
  const found = first({
    'package.json': JSON.stringify({ main: 'dist/index.js', scripts: { build: 'tsc' } }),
    'bench/index.js': "const { Suite } = require('benchmark');\nnew Suite().add('this one', () => require('..'));",
    'bench/package.json': '{}',
  });
  expect(found).toMatchObject({
    command: 'node bench/index.js',
    setup: 'npm install --prefix bench',
    build: 'npm run build',
    reports: { source: { stdout: 'regex', pattern: 'this one x ([\\d,.]+) ops/sec' }, lower_is_better: false },
  });
});

test('Node: scripts that never end are not offered', () => {
  const scripts = { start: 'nodemon a.js', bench: 'vitest bench --watch', serve: 'vite' };
  expect(recon(folder({ 'package.json': JSON.stringify({ scripts }), 'a.js': '' })).scripts).toEqual([]);
});

test('Python: benchmarks of any name are found, and files that only define functions are not run', () => {
  const found = recon(
    folder({
      'pyproject.toml': pyproject(),
      'src/x/__init__.py': '',
      'perf.py': 'if __name__ == "__main__":\n    run()\n',
      'bench/parse.py': 'import x\nfor i in range(9):\n    x.f()\n',
      'benchmarks/asv_suite.py': 'class Suite:\n    def time_it(self):\n        pass\n',
      'bench/__init__.py': '',
    }),
  );
  expect(found.scripts.map(({ command }) => command)).toEqual(['python3 perf.py', 'python3 bench/parse.py']);
  expect(found.env).toEqual({ PYTHONPATH: 'src' });
});

test('Python: every benchmark of pytest-benchmark is offered with its own metric', () => {
  const found = first({
    'pyproject.toml': pyproject('[dependency-groups]\ntest = ["pytest-benchmark"]\n'),
    'tests/test_a.py':
      'import pytest\n\n@pytest.mark.parametrize("n", [1, 2])\ndef test_many(benchmark, n):\n    pass\n\n\nclass TestX:\n    def test_sort(self, benchmark):\n        pass\n',
  });
  expect(found).toMatchObject({
    command:
      "python3 -m pytest -q --benchmark-only --benchmark-json=perf-gate-bench.json 'tests/test_a.py::TestX::test_sort'",
    reports: { unit: 'ms', source: { format: 'pytest-benchmark', file: 'perf-gate-bench.json' } },
  });
});

test.each([
  ['nothing that Python lacks', { 'pyproject.toml': pyproject() }, 'python3', null],
  [
    'packages',
    { 'requirements.txt': 'flask\n' },
    '.venv/bin/python',
    /^python3 -m venv \.venv && .* -r requirements\.txt$/,
  ],
  ['a lock file of uv', { 'pyproject.toml': pyproject(), 'uv.lock': '' }, '.venv/bin/python', /^uv sync --frozen$/],
])('Python with %s: the setup installs what the command needs', (_, files, python, setup) => {
  const found = recon(folder({ ...(files as unknown as Record<string, string>), 'bench.py': 'run()\n' }));
  expect(found.scripts[0]?.command).toBe(`${python} bench.py`);
  if (setup === null) expect(found.setup_command).toBeNull();
  else expect(found.setup_command).toMatch(setup);
});

test('Python: a package manager that is not installed is not used, and an active environment is kept', () => {
  const files = { 'pyproject.toml': pyproject(), 'uv.lock': '', 'bench.py': 'run()\n' };
  const without = recon(folder(files), { ...anyMachine, has: () => false });
  expect([without.setup_command, without.scripts[0]?.command]).toEqual([null, 'python3 bench.py']);
  const active = recon(folder({ 'requirements.txt': 'flask\n', 'bench.py': '' }), { ...anyMachine, virtual_env: true });
  expect([active.setup_command, active.scripts[0]?.command]).toEqual([null, 'python bench.py']);
});

test('Python: tests that use unittest run with unittest', () => {
  const files = { 'setup.py': '', 'tests/test_a.py': 'import unittest\n' };
  expect(recon(folder(files)).test_command).toBe('python3 -m unittest discover -s tests -t .');
});

test('Go: a benchmark runs in the folder of its package, and programs are built before they are timed', () => {
  const found = recon(
    folder({
      'go.mod': 'module example.com/tool\n',
      'pkg/a/a_test.go':
        'func BenchmarkAll(tb *testing.B) {\n\ttb.Run("small", f)\n}\nfunc BenchmarkAny(b *testing.B) {\n\tb.Run(name, f)\n}\n',
      'cmd/tool/main.go': '',
    }),
  );
  expect(found.scripts).toMatchObject([
    {
      command: "cd pkg/a && ./perf-gate.test -test.run '^$' -test.bench '^BenchmarkAll$/^small$' > perf-gate-bench.txt",
      build: 'go test -c -o pkg/a/perf-gate.test ./pkg/a',
      reports: { source: { format: 'go-bench', file: 'pkg/a/perf-gate-bench.txt' } },
    },
    { command: './perf-gate-bin/tool --help', build: 'go build -o perf-gate-bin/tool ./cmd/tool' },
    { command: 'go build ./...', kind: 'build' },
  ]);
});

test('Rust: each criterion benchmark with a literal name is offered with its result file', () => {
  const source = `use criterion::Criterion;
fn one(c: &mut Criterion) {
    c.bench_function("parse small", |b| b.iter(f));
}
fn two(c: &mut Criterion) {
    let mut g = c.benchmark_group("group");
    g.bench_function("inner", |b| b.iter(f));
    g.bench_function(name(), |b| b.iter(f));
}
`;
  const found = recon(
    folder({
      'Cargo.toml': '[workspace]\nmembers = ["crates/a"]\n',
      'crates/a/Cargo.toml':
        '[package]\nname = "a"\n[dev-dependencies]\ncriterion = "0.5"\n[[bench]]\nname = "b"\nharness = false\n',
      'crates/a/benches/b.rs': source,
    }),
  );
  const benches = found.scripts.filter(({ kind }) => kind === 'bench');
  expect(benches.map(({ reports }) => reports?.source)).toEqual([
    { format: 'criterion', file: 'target/criterion/parse small/new/estimates.json' },
    { format: 'criterion', file: 'target/criterion/group/inner/new/estimates.json' },
  ]);
  expect(benches[1]).toMatchObject({ build: 'cargo bench --no-run -p a --bench b' });
  expect(benches[1]?.command).toMatch(/^cargo bench --quiet -p a --bench b -- .* '\^group\/inner\$'$/);
});

test('C: the compile steps of a target are not timed', () => {
  const found = recon(
    folder({
      Makefile:
        'CC = gcc\nbench: bench.c a.c\n\t$(CC) -O2 -o $@ bench.c a.c\n\t./$@ --n 9\ntest: prog\n\t./prog\nprog: a.c\n\t$(CC) -o prog a.c $(shell pkg-config --libs z)\n',
      'a.c': '',
      'bench.c': '',
      'package.json': '{}',
    }),
  );
  expect(found).toMatchObject({ language: 'c', package_manager: 'make', test_command: 'make test' });
  expect(found.scripts).toMatchObject([
    { command: './bench --n 9', build: 'gcc -O2 -o bench bench.c a.c' },
    { command: './prog', build: 'make prog' },
  ]);
});

test('C++: programs of CMake are release builds in a separate folder; google-benchmark reports the metric', () => {
  const found = recon(
    folder({
      'CMakeLists.txt': 'project(x CXX)\nenable_testing()\nadd_executable(tool tool.cpp)\nadd_subdirectory(bench)\n',
      'bench/CMakeLists.txt': 'add_executable(sort_bench sort.cpp)\n',
      'bench/sort.cpp': '#include <benchmark/benchmark.h>\nBENCHMARK(BM_Sort);\n',
      'tool.cpp': '',
    }),
  );
  expect(found.language).toBe('c++');
  expect(found.test_command).toContain('ctest --test-dir perf-gate-build');
  expect(found.scripts).toMatchObject([
    {
      command: expect.stringMatching(/^perf-gate-build\/bench\/sort_bench --benchmark_filter='\^BM_Sort\$' /),
      build: expect.stringMatching(/-DCMAKE_BUILD_TYPE=Release && cmake --build perf-gate-build --target sort_bench$/),
      reports: { source: { format: 'google-benchmark' } },
    },
    { command: 'perf-gate-build/tool', kind: 'start' },
    { kind: 'build' },
  ]);
});
