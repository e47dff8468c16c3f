import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { parseContract } from '../../src/contract/parse.ts';
import { sealedByDefault } from '../../src/scoping/sealed.ts';
import { type ContractChange, contractText } from '../helpers/project.ts';
import { repository } from '../helpers/repository.ts';

const files = {
  'package.json': JSON.stringify({
    scripts: { pretest: 'node tools/make.mjs', test: 'vitest run', bench: 'sh bench/run.sh' },
  }),
  Makefile: 'all: parts\n\tsh tools/all.sh\nparts:\n\ttrue\n',
  'tools/make.mjs': '',
  'tools/all.sh': 'node app.mjs',
  'bench/run.sh': 'node app.mjs',
  'data/in.json': '{}',
  'app.mjs': '',
  'perf/engine.mjs': '',
  'bench/data.bin': '',
  'test/app.test.mjs': '',
  'package-lock.json': '{}',
};

const wall = { primary: { name: 'wall_ms', source: 'wall' } };
const reported = { primary: { name: 'x', unit: 'ms', source: { stdout: 'metric', key: 'x' } } };
const none = { protected: [] };

it.each<[what: string, change: ContractChange, sealed: string[], open: string[]]>([
  [
    'files that scripts of package.json run are protected, and the settings of the test runner',
    { metrics: wall, repro: { script: 'node app.mjs' }, guards: { ...none, correctness: 'npm test' } },
    ['package.json', 'tools/make.mjs', 'test/app.test.mjs', '**/.npmrc', '**/vitest.{config,workspace}.*'],
    ['app.mjs', 'package-lock.json', 'perf/engine.mjs', 'bench/data.bin'],
  ],
  [
    'the program of a command that is timed from outside stays open, and its data is protected',
    { metrics: wall, repro: { script: 'node app.mjs < data/in.json', setup: 'make' }, guards: none },
    ['data/in.json', 'Makefile', 'tools/all.sh'],
    ['app.mjs', 'test/app.test.mjs', 'bench/run.sh'],
  ],
  [
    'the program stays open if the correctness check calls it, also through a script',
    {
      metrics: reported,
      repro: { script: 'sh bench/run.sh' },
      guards: { ...none, correctness: 'node app.mjs && sh tools/all.sh' },
    },
    ['bench/run.sh', 'tools/all.sh'],
    ['app.mjs'],
  ],
  [
    'a program that reports its own metric is protected',
    { metrics: reported, repro: { script: 'node app.mjs', setup: 'npm ci' }, guards: none },
    ['app.mjs', 'package.json', '**/package-lock.json'],
    [],
  ],
  [
    'guards.unprotected excludes a file, or all lock files',
    {
      metrics: wall,
      repro: { script: 'npm run bench', setup: 'npm ci' },
      guards: { ...none, unprotected: ['package.json', 'lockfile'] },
    },
    ['bench/run.sh', 'bench/data.bin', '!package.json', '!**/package-lock.json'],
    ['package.json', '**/package-lock.json'],
  ],
])('%s', async (_, change, sealed, open) => {
  const found = await sealedByDefault(parseContract(contractText(change), 'c.yaml'), repository(files).root);
  expect(found).toEqual(expect.arrayContaining(sealed));
  expect(found.filter((path) => open.includes(path))).toEqual([]);
});

it.each<[what: string, change: ContractChange, sealed: string[]]>([
  [
    'files that a build makes stay open',
    { repro: { script: 'sh made/run.sh && sh own.sh', build: 'make' } },
    ['own.sh'],
  ],
  [
    'without a build they are protected',
    { repro: { script: 'sh made/run.sh && sh own.sh' } },
    ['made/run.sh', 'own.sh'],
  ],
])('ignored by git: %s', async (_, change, sealed) => {
  const { root } = repository({ '.gitignore': 'made/\nown.sh\n', 'made/run.sh': 'true\n', 'own.sh': 'true\n' });
  execFileSync('git', ['add', '--force', 'own.sh'], { cwd: root }); // git does not ignore tracked files
  const contract = parseContract(contractText({ metrics: reported, guards: none, ...change }), 'c.yaml');
  expect(await sealedByDefault(contract, root)).toEqual(sealed);
});
