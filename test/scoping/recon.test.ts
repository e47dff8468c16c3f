import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractFrom } from '../../src/scoping/interview/contract-from.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { folder } from '../helpers/folder.ts';

const commands = (root: string) => recon(root).scripts.map(({ kind, command }) => `${kind}: ${command}`);

test('Node: scripts, bins, bench files, lock file and tools are found, the best command first', () => {
  const root = folder({
    'package.json': JSON.stringify({
      name: 'app',
      bin: { app: './bin/app.js' },
      engines: { node: '>=20' },
      scripts: {
        build: 'vite build',
        start: 'node server.js',
        test: 'vitest run',
        bench: 'node bench.mjs --n 3',
        lint: 'biome ci',
      },
      devDependencies: { vite: '^7', vitest: '^4', typescript: '^6' },
    }),
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'bench/big.mjs': '',
    'src/a.ts': '',
    'src/a.test.ts': '',
    'test/b.ts': '',
    '.env.local': 'A=b',
    '.env.example': 'A=',
    'node_modules/x/bench/y.js': '',
  });
  expect(recon(root)).toEqual({
    language: 'typescript',
    runtime: 'node >=20',
    package_manager: 'npm',
    existing_benchmarks: ['bench/'],
    scripts: [
      { command: 'node bench.mjs --n 3', kind: 'bench', found_in: 'package.json, scripts.bench' },
      { command: 'node bench/big.mjs', kind: 'bench', found_in: 'bench/big.mjs' },
      { command: 'node server.js', kind: 'start', found_in: 'package.json, scripts.start' },
      { command: 'node bin/app.js --help', kind: 'start', found_in: 'package.json, bin of app' },
      { command: 'node_modules/.bin/vitest run', kind: 'test', found_in: 'package.json, scripts.test' },
      { command: 'npm run build', kind: 'build', found_in: 'package.json, scripts.build' },
    ],
    test_command: 'npm test',
    build_command: 'npm run build',
    setup_command: 'npm ci',
    output: 'dist/**',
    env: {},
    tools: ['vite', 'vitest'],
    protected: ['**/*.{test,spec}.*', 'test/**', 'bench/**'],
    secrets: ['.env.local'],
    sees_delay: false,
    missing_profilers: [],
  });
});

test.each([
  ['pnpm-lock.yaml', 'pnpm', 'pnpm install --frozen-lockfile', 'pnpm run test'],
  ['yarn.lock', 'yarn', 'yarn install --frozen-lockfile', 'yarn run test'],
  ['bun.lock', 'bun', 'bun install --frozen-lockfile', 'bun run test'],
  ['README.md', 'npm', 'npm install', 'npm test'],
])('Node with %s is installed by %s', (lock, manager, setup, test) => {
  const found = recon(folder({ 'package.json': '{"scripts":{"test":"x"},"dependencies":{"a":"1"}}', [lock]: '' }));
  expect(found).toMatchObject({ package_manager: manager, setup_command: setup, test_command: test });
});

test('Node: a script with a pipe stays a script, npm’s placeholder is no test, a broken manifest is still Node', () => {
  const root = folder({
    'package.json':
      '{"scripts":{"bench":"node a.js | tee out","test":"echo \\"Error: no test specified\\" && exit 1"}}',
  });
  expect(commands(root)).toEqual(['bench: npm run bench', 'test: npm run test']);
  expect(recon(root)).toMatchObject({ test_command: null, setup_command: null, language: 'javascript' });
  expect(recon(folder({ 'package.json': '{', 'a.js': '' }))).toMatchObject({ language: 'javascript', scripts: [] });
});

test('Python: pytest-benchmark, bench files, uv', () => {
  const root = folder({
    'pyproject.toml': '[project]\nrequires-python = ">=3.11"\ndependencies = ["scipy>=1", "pytest-benchmark"]\n',
    'uv.lock': '',
    'benchmarks/bench_sort.py': '',
    'tests/test_a.py': '',
    'app/a.py': '',
  });
  expect(recon(root)).toMatchObject({
    language: 'python',
    runtime: 'python >=3.11',
    package_manager: 'uv',
    setup_command: 'uv sync --frozen',
    test_command: '.venv/bin/python -m pytest -q',
    existing_benchmarks: ['benchmarks/'],
    tools: ['pytest-benchmark', 'scipy'],
    protected: ['**/test_*.py', '**/*_test.py', 'tests/**', 'benchmarks/**'],
  });
  expect(commands(root)).toEqual(['bench: .venv/bin/python benchmarks/bench_sort.py']);
});

test('Python: requirements.txt alone is enough', () => {
  expect(recon(folder({ 'requirements.txt': 'pytest\nflask==3\n', 'bench.py': '' }))).toMatchObject({
    package_manager: 'pip',
    tools: ['pytest', 'flask'],
    setup_command: 'python3 -m venv .venv && .venv/bin/python -m pip install --quiet -r requirements.txt pytest',
    scripts: [{ command: '.venv/bin/python bench.py', kind: 'bench', found_in: 'bench.py' }],
  });
});

test('Rust: benches, criterion, the release binary', () => {
  const root = folder({
    'Cargo.toml':
      '[package]\nname = "fast"\nedition = "2021"\n\n[dev-dependencies]\ncriterion = "0.5"\n\n[[bench]]\nname = "b"\n',
    'rust-toolchain.toml': '[toolchain]\nchannel = "1.80"\n',
    'src/main.rs': '',
    'benches/b.rs': '',
  });
  expect(recon(root)).toMatchObject({
    language: 'rust',
    runtime: 'rust 1.80',
    tools: ['criterion'],
    existing_benchmarks: ['benches/'],
  });
  expect(commands(root)).toEqual([
    'bench: cargo bench --quiet --bench b',
    'start: target/release/fast --help',
    'build: cargo build --release',
  ]);
});

test('Rust: examples run a library, and are built before they are timed, with line tables for profilers', () => {
  const root = folder({
    'Cargo.toml': '[package]\nname = "lib"\n',
    'src/lib.rs': '',
    'examples/plain.rs': 'fn main() {}\n',
    'examples/parse.rs': 'use std::env;\nfn main() { let file = env::args().nth(1); }\n',
    'examples/part.rs': 'pub fn helper() {}\n',
    'parts/Cargo.toml': '[package]\nname = "parts"\n',
    'parts/examples/big/main.rs': 'fn main() {}\n',
  });
  const [parse, plain, big] = recon(root).scripts.filter(({ kind }) => kind === 'start');
  expect(plain).toMatchObject({
    command: 'target/release/examples/plain',
    build: 'CARGO_PROFILE_RELEASE_DEBUG=line-tables-only cargo build --release --example plain',
  });
  expect(parse?.caution).toMatch('arguments');
  expect(big?.build).toMatch(/--release -p parts --example big$/);
  const typed = contractFrom({ repro: 'target/release/examples/parse big.xml' }, recon(root), '');
  expect(typed.repro.build).toBe(parse?.build);
});

test('Go: benchmarks in test files', () => {
  const root = folder({
    'go.mod': 'module x\n\ngo 1.22\n',
    'a_test.go': 'package x\n\nfunc BenchmarkA(b *testing.B) {}\n',
    'a.go': '',
  });
  expect(recon(root)).toMatchObject({
    language: 'go',
    runtime: 'go 1.22',
    test_command: 'go test ./...',
    protected: ['**/*_test.go'],
  });
  expect(commands(root)[0]).toBe(
    "bench: ./perf-gate.test -test.run '^$' -test.bench '^BenchmarkA$' > perf-gate-bench.txt",
  );
  expect(commands(folder({ 'go.mod': 'module x\n' }))).toEqual(['build: go build ./...']);
});

test('Dart and Flutter', () => {
  const root = folder({
    'pubspec.yaml': 'name: x\nenvironment:\n  sdk: ^3.4.0\ndependencies:\n  flutter:\n    sdk: flutter\n',
    'benchmark/list.dart': '',
    'test/a_test.dart': '',
  });
  expect(recon(root)).toMatchObject({
    language: 'dart',
    runtime: 'flutter ^3.4.0',
    setup_command: 'flutter pub get',
    test_command: 'flutter test',
  });
  expect(commands(root)).toEqual(['bench: dart run benchmark/list.dart']);
});

test('Make: targets whose names show their purpose', () => {
  const root = folder({
    Makefile: 'CC := cc\nall: x\nbench: x\n\t./x\nprofile:\ntest: x\nbuild-fast:\ninstall:\n',
    'x.c': '',
  });
  expect(recon(root)).toMatchObject({
    language: 'c',
    package_manager: 'make',
    test_command: 'make test',
    build_command: 'make build-fast',
  });
  expect(commands(root)).toEqual(['bench: ./x', 'profile: make profile', 'test: make test', 'build: make build-fast']);
});

test('the language with the most files comes first, and the commands of all languages are offered', () => {
  const root = folder({
    'package.json': '{"scripts":{"bench":"node b.js"}}',
    'Cargo.toml': '',
    'src/a.rs': '',
    'src/b.rs': '',
    'b.js': '',
  });
  expect(recon(root).language).toBe('rust');
  expect(commands(root)).toContain('bench: node b.js');
});

test('shell scripts in a bench folder are candidates in any language', () => {
  expect(commands(folder({ 'perf/run.sh': '', 'main.rb': '' }))).toEqual(['bench: sh perf/run.sh']);
});

test('recon finds nothing in an empty, a missing and a circular project, and does not hang', () => {
  const root = folder({ 'a/b.txt': '' });
  symlinkSync('..', join(root, 'a', 'up'));
  for (const dir of [root, folder({}), join(root, 'gone')]) {
    expect(recon(dir)).toMatchObject({ language: null, runtime: null, scripts: [], tools: [], protected: [] });
  }
});

test('recon skips installed and built folders, and reads only a part of a large tree', () => {
  const many = Object.fromEntries(Array.from({ length: 5200 }, (_, i) => [`data/${i}.csv`, '']));
  const root = folder({ ...many, 'package.json': '{}', 'target/benches/x.rs': '', 'dist/bench.js': '' });
  const started = recon(root);
  expect(started.language).toBe('javascript');
  expect(started.existing_benchmarks).toEqual([]);
});
