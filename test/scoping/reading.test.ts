import { expect, test } from 'vitest';
import { altersRepository } from '../../src/scoping/recon/reading/alters.ts';
import { harnessOf } from '../../src/scoping/recon/reading/harness.ts';
import { rulesOf } from '../../src/scoping/recon/reading/makefile.ts';
import { separate } from '../../src/scoping/recon/reading/steps.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { readTree } from '../../src/scoping/recon/tree.ts';
import { folder } from '../helpers/folder.ts';

const scripts = (of: Record<string, string>) => JSON.stringify({ scripts: of });

const altering: [what: string, command: string, files: Record<string, string>][] = [
  ['git in the script', 'npm run bench', { 'package.json': scripts({ bench: 'git checkout main && node b.js' }) }],
  [
    'a script that it calls',
    'yarn bench',
    { 'package.json': scripts({ bench: 'yarn reset', reset: 'git -C . clean -fdx' }) },
  ],
  ['a pre script', 'npm test', { 'package.json': scripts({ pretest: 'git stash', test: 'node t.js' }) }],
  [
    'a post script',
    'npm run bench',
    { 'package.json': scripts({ bench: 'node b.js', postbench: 'git reset --hard' }) },
  ],
  [
    'run-s with a pattern',
    'npm run bench',
    { 'package.json': scripts({ bench: 'run-s b:*', 'b:x': 'git commit -am x' }) },
  ],
  ['a shell script', 'sh perf/run.sh', { 'perf/run.sh': 'cd .\ngit switch other\n' }],
  ['a program', 'node b.js', { 'b.js': "execSync('git checkout v1 -- src')" }],
  ['a program with arguments', 'python3 b.py', { 'b.py': 'subprocess.run(["git", "stash"])' }],
  ['a target’s need', 'make bench', { Makefile: 'bench: prepare\n\t./b\nprepare:\n\tgit clean -fd\n' }],
  ['make in a folder', 'make -C bench', { 'bench/Makefile': 'all:\n\tgit checkout .\n' }],
  ['removing sources', 'npm run build', { 'package.json': scripts({ build: 'rm -rf lib && tsc' }), 'lib/a.ts': '' }],
  ['publishing', 'npm run bench', { 'package.json': scripts({ bench: 'node b.js && npm publish' }) }],
  ['rewriting sources', 'npm test', { 'package.json': scripts({ test: 'eslint --fix . && node t.js' }) }],
];

test.each(altering)('%s changes the repository', (_, command, files) => {
  expect(altersRepository(command, readTree(folder(files)))).not.toBeNull();
});

test.each([
  ['npm run build', { 'package.json': scripts({ build: 'rm -rf dist && tsc', release: 'git push' }), 'src/a.ts': '' }],
  ['sh run.sh', { 'run.sh': 'git describe --tags\ngit rev-parse HEAD\nnode a.js\n' }],
  ['node a.js', { 'a.js': '// the digit checkout of a shop\n' }],
])('%s does not change the repository', (command, files) => {
  expect(altersRepository(command, readTree(folder(files as unknown as Record<string, string>)))).toBeNull();
});

test('a script that changes the repository is never offered, neither as a command nor as a guard', () => {
  const body = {
    bench: 'npm run build:reset && node b.js',
    'build:reset': 'git checkout v1 -- dist',
    test: 'git stash && mocha',
  };
  const found = recon(folder({ 'package.json': scripts(body), 'b.js': '' }));
  expect(found.scripts).toEqual([]);
  expect(found.test_command).toBeNull();
});

test.each([
  ['tsc && node b.js', null, 'tsc', 'node b.js'],
  ['npm ci && npm run build && node b.js --n 3', 'npm ci', 'npm run build', 'node b.js --n 3'],
  ['cd bench && npm i && node .', 'cd bench && npm i', null, 'cd bench && node .'],
  ['NODE_ENV=production rollup -c && node b.js', null, 'NODE_ENV=production rollup -c', 'node b.js'],
  ['gcc -O2 -o b b.c && ./b', null, 'gcc -O2 -o b b.c', './b'],
  ['node a.js && node b.js', null, null, 'node a.js && node b.js'],
  ['tsc && rollup -c', null, null, 'tsc && rollup -c'],
  ['tsc; node b.js', null, null, 'tsc; node b.js'],
  ["echo 'a && b' && node b.js", null, null, "echo 'a && b' && node b.js"],
  ['node b.js', null, null, 'node b.js'],
])('%s: install and build steps are not timed', (line, setup, build, timed) => {
  expect(separate(line)).toEqual({ setup, build, timed });
});

test.each([
  ["go test -run '^$' -bench . ./...", 'go test -bench', {}],
  ['cargo bench --bench parse', 'cargo bench', {}],
  ['python3 -m pytest --benchmark-only', 'pytest-benchmark', {}],
  ['npx vitest bench --run', 'vitest bench', {}],
  ['node bench/index.js', 'benchmark.js', { 'bench/index.js': "const { Suite } = require('benchmark');" }],
  ['node b.mjs', 'tinybench', { 'b.mjs': "import { Bench } from 'tinybench'" }],
  [
    'npm run bench',
    'mitata',
    { 'package.json': scripts({ bench: 'node b.mjs' }), 'b.mjs': "import { run } from 'mitata'" },
  ],
  ['make bench', 'a load generator', { Makefile: 'bench:\n\twrk -d 10s http://localhost\n' }],
  ['python3 b.py', 'pyperf', { 'b.py': 'import pyperf\n' }],
  ['build/b', null, {}],
  ['cargo bench --no-run', null, {}],
  ['node b.js', null, { 'b.js': 'const benchmark = 1; // not: cargo bench' }],
])('%s runs for a fixed time, which %s decides', (command, tool, files) => {
  expect(harnessOf(command, readTree(folder(files as unknown as Record<string, string>)))).toBe(tool);
});

test('a makefile is read with its variables, prerequisites and continued lines', () => {
  const text = `CC = gcc
FLAGS := -O2 \\
  -g
.PHONY: bench
bench: prog data.txt # comment
\t@./$< --in data.txt
prog: a.c b.c
\t$(CC) $(FLAGS) -o $@ $^
%.o: %.c
\tcc -c $<
one: ; ./one
`;
  expect(rulesOf(text)).toEqual([
    { target: 'bench', needs: ['prog', 'data.txt'], recipe: ['./prog --in data.txt'] },
    { target: 'prog', needs: ['a.c', 'b.c'], recipe: ['gcc -O2 -g -o prog a.c b.c'] },
    { target: 'one', needs: [], recipe: ['./one'] },
  ]);
});
