import { mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { execute, perfGate } from '../helpers/cli.ts';

const root = join(import.meta.dirname, '../..');
const perfgate = perfGate();
let folder = '';

/** A stranger's project: perf-gate and vitest are installed, and two modules do a different amount of work. */
beforeAll(() => {
  // beside the package, whose folder goes after the tests
  folder = mkdtempSync(join(dirname(dirname(dirname(perfgate.bin()))), 'stranger-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(dirname(dirname(perfgate.bin())), join(folder, 'node_modules/perf-gate'));
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  // vitest lies beside the package, as after an installation
  symlinkSync(join(root, 'node_modules'), join(dirname(dirname(perfgate.bin())), 'node_modules'));
  const work = (turns: number) =>
    `export function run() { let sum = 0; for (let i = 0; i < ${turns}; i += 1) sum += Math.sqrt(i); return sum; }`;
  write('package.json', '{ "type": "module" }');
  write('fast.js', work(1000));
  write('slow.js', work(20_000));
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const node = (...args: string[]) =>
  execute(process.execPath, args, { cwd: folder, env: { ...perfgate.env(), NODE_OPTIONS: '' } });
const command = (steps: number) => `{ command: 'echo METRIC steps=${steps}', metric: 'steps' }`;

it('the script of the manual works, with the package as it is published', async () => {
  const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
  const script = /```js\n(\/\/ verdict\.mjs\n[\s\S]*?)```/.exec(page)![1]!;
  expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(16);
  write('verdict.mjs', script);
  const { stdout, stderr } = await node('verdict.mjs');
  expect(stdout + stderr).toMatch(/^accepted\ntrue\naccepted \[/);
});

it('the matchers of vitest pass what is faster, and fail what is slower, undecided, or a closure', async () => {
  write(
    'speed.test.js',
    `import { expect, test } from 'vitest';
import 'perf-gate/vitest';
const [fast, slow] = ['./fast.js', './slow.js'].map((module) => ({ module, export: 'run' }));
test('faster', () => expect(fast).toBeFasterThan(slow, '10%'), 120_000);
test('same', () => expect(${command(100)}).toBeNoSlowerThan(${command(100)}, '3%'), 120_000);
test('slower', () => expect(${command(200)}).toBeNoSlowerThan(${command(100)}, '3%'), 120_000);
test('closure', () => expect(() => 1).toBeFasterThan(slow, '10%'), 120_000);
`,
  );
  const { stdout } = await node(
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=json',
    '--root',
    folder,
  );
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    testResults: {
      message: string;
      assertionResults: { title: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const results = testResults[0]!.assertionResults;
  expect(
    results.map(({ title, status }) => `${title}: ${status}`),
    stdout,
  ).toEqual(['faster: passed', 'same: passed', 'slower: failed', 'closure: failed']);
  expect(results[2]!.failureMessages[0]).toMatch(/not slower by less than 3% than .*regressed/);
  expect(results[3]!.failureMessages[0]).toMatch(/cannot be measured/);
});

it('the assertions of node:test do the same, also by require', async () => {
  write(
    'speed.cjs',
    `const { expect } = require('perf-gate/node-test');
const { judge } = require('perf-gate');
(async () => {
  await expect(${command(50)}).toBeFasterThan(${command(100)}, '10%');
  const failed = await expect(${command(99)}).toBeFasterThan(${command(100)}, '10%').catch((e) => e);
  console.log(failed.name, judge([1, 2, 3, 4], [1, 2, 3, 4]).verdict);
})();`,
  );
  const { stdout, stderr } = await node('speed.cjs');
  expect(stdout + stderr).toBe('AssertionError inconclusive\n');
});

it('the library is small: what it adds to the package, and what a verdict on samples loads', () => {
  const dist = join(dirname(perfgate.bin()), '../dist');
  const size = (name: string) => statSync(join(dist, name)).size;
  const own = ['api', 'node-test'].flatMap((door) => ['cjs', 'mjs', 'd.cts', 'd.mts'].map((end) => `${door}.${end}`));
  const all = [...own, 'matchers.cjs', 'call.cjs', 'vitest.mjs', 'vitest.d.mts'];
  expect(all.reduce((sum, name) => sum + size(name), 0)).toBeLessThan(40_000);
});
