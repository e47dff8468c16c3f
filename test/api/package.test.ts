import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocks } from '../docs/pages.ts';
import { execute } from '../helpers/cli.ts';
import { stranger } from './stranger.ts';

const { folder, node, packed, write } = stranger();

/** The scripts of docs/library.md, by the name in their first line. */
const scripts = new Map(
  blocks('docs/library.md').flatMap(({ info, text }) => {
    const name = /^\/\/ (\w+\.mjs)/.exec(text)?.[1];
    return info === 'js' && name ? [[name, text]] : [];
  }),
);

it.each([
  ['verdict.mjs', /^accepted\ntrue\naccepted \[/],
  ['ranks.mjs', /^0\.05 0\.1 9\n0\.0625 10\n$/],
])('the script %s of the documentation has at most 15 lines, and works', async (name, printed) => {
  const script = scripts.get(name)!;
  expect(script.trimEnd().split('\n').length - 1).toBeLessThanOrEqual(15);
  write(name, script);
  const { stdout, stderr } = await node(name);
  expect(stdout + stderr).toMatch(printed);
});

const consumer = `import { compare, isPerfGateError, judge, type JudgeResult, mannWhitney, measure, signedRank, type Subject } from 'perf-gate';
import { expect, type SpeedAssertions } from 'perf-gate/node-test';

const [before, after] = [[12.1, 12.3, 12.2, 12.5], [10.1, 10.3, 10.2, 10.5]] as const;
const judged: JudgeResult = judge(before, after, { noWorseThan: '3%' });
const subjects: [Subject, Subject] = [{ module: new URL('./fast.js', import.meta.url) }, { command: 'true', metric: 'steps' }];
const assertions: SpeedAssertions = expect(subjects[0]);
const { reasons, code }: { reasons?: string[]; code?: string } = await compare(...subjects).catch((error: unknown) => {
  if (isPerfGateError(error)) return { code: error.code };
  throw error;
});
const medians: number[] = (await measure('true', { runs: 1 })).commands.map(({ wall }) => wall.median);
// @ts-expect-error: a closure is refused by the types too
expect(() => 1);
console.log(judged.verdict, typeof assertions.toBeFasterThan, reasons, code, medians.length);
console.log(mannWhitney(before, after).greater, signedRank([1, 2, 3]).v);
`;

const required = `import perfGate = require('perf-gate');
const { verdict }: perfGate.JudgeResult = perfGate.judge([1, 2, 3, 4], [1, 2, 3, 4]);
console.log(verdict, Object.keys(perfGate).sort().join(' '));
`;

const matched = `import { expect } from 'vitest';
import 'perf-gate/vitest';
export const asserted = (): Promise<void> =>
  expect({ module: './fast.js', export: 'run' }).toBeFasterThan({ module: './slow.js', export: 'run' }, '10%', { runs: 5 });
`;

it('compiles under strict TypeScript, as a module and as CommonJS, and then runs', async () => {
  write('consumer.ts', consumer);
  write('required.cts', required);
  write('matched.ts', matched);
  write('verdict.mjs', scripts.get('verdict.mjs')!);
  const options = { strict: true, module: 'node16', target: 'es2022', types: ['node'], outDir: 'out' };
  // the scripts of the documentation must match the types too
  const checked = { ...options, allowJs: true, checkJs: true };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: checked, files: ['consumer.ts', 'required.cts', 'matched.ts', 'verdict.mjs'] }),
  );
  expect((await node('node_modules/typescript/bin/tsc', '-p', '.')).stdout).toBe('');
  expect(await node('out/consumer.js')).toMatchObject({
    stdout: 'held function undefined usage 1\n0.014285714285714285 6\n',
    stderr: '',
  });
  expect(await node('out/required.cjs')).toMatchObject({
    stdout: 'inconclusive compare isPerfGateError judge mannWhitney measure signedRank\n',
    stderr: '',
  });
});

it('is small: 1.5 MB to fetch, 5 MB on disk, 50 KB for the library', () => {
  const { size, unpackedSize, files } = packed();
  expect(size).toBeLessThan(1_500_000);
  expect(unpackedSize).toBeLessThan(5_000_000);
  const own = ['api', 'node-test'].flatMap((door) => ['cjs', 'mjs', 'd.cts', 'd.mts'].map((end) => `${door}.${end}`));
  const all = [...own, 'matchers.cjs', 'call.cjs', 'vitest.mjs', 'vitest.d.mts'].map((name) => `dist/${name}`);
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(all));
  const installed = (name: string) => join(folder(), 'node_modules/perf-gate', name);
  expect(all.reduce((sum, name) => sum + statSync(installed(name)).size, 0)).toBeLessThan(50_000);
  expect(readFileSync(installed('package.json'), 'utf8')).not.toMatch(/"dependencies"/);
});

it('a tag publishes only its own version, with pinned actions and without a secret', async () => {
  const text = readFileSync('.github/workflows/release.yml', 'utf8');
  type Step = { name?: string; uses?: string; run?: string };
  const { permissions, jobs } = parse(text) as {
    permissions: object;
    jobs: Record<string, { permissions: object; steps: Step[] }>;
  };
  const { steps, permissions: granted } = jobs.publish!;
  expect([permissions, granted]).toEqual([{}, { contents: 'read', 'id-token': 'write' }]);
  expect(text).not.toMatch(/secrets\.|TOKEN/);
  for (const { uses } of steps) if (uses) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  const [check = '', publish = ''] = ["Check that package.json has the tag's version", 'Publish'].map(
    (name) => steps.find((step) => step.name === name)!.run!,
  );
  const tagged = (tag: string) =>
    execute('bash', ['-c', check], { cwd: process.cwd(), env: { ...process.env, GITHUB_REF_NAME: tag } });
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect([(await tagged(`v${version}`)).code, (await tagged('v99.0.0')).code]).toEqual([0, 1]);
  expect(publish).toContain('npm publish --provenance');
});

const command = (steps: number) => `{ command: 'echo METRIC steps=${steps}', metric: 'steps' }`;

/** The tests for both test runners. Two commands that print 100 and 200 in different orders are never shown to differ. */
const cases = `const [fast, slow] = ['../fast.js', '../slow.js'].map((module) => ({ module, export: 'run' }));
const swings = (name, by) => ({
  command: \`echo >> \${name}; n=$(wc -l < \${name}); echo METRIC x=$((100 + 100 * (n / \${by} % 2)))\`,
  metric: 'x',
});
const few = { runs: 5, maxRuns: 6 };
test('less', () => expect(${command(50)}).toBeFasterThan(${command(100)}, '10%'), 120_000);
test('same', () => expect(${command(100)}).toBeNoSlowerThan(${command(100)}, '3%'), 120_000);
test('slower', () => expect(${command(200)}).toBeNoSlowerThan(${command(100)}, '3%'), 120_000);
test('not faster', () => expect(${command(99)}).toBeFasterThan(${command(100)}, '10%'), 120_000);
test('undecided', () => expect(swings('a' + process.pid, 1)).toBeNoSlowerThan(swings('b' + process.pid, 2), '3%', few), 120_000);
test('nowhere', () => expect({ module: './fast.js' }).toBeFasterThan(slow, '10%'), 120_000);
test('closure', () => expect(() => 1).toBeFasterThan(slow, '10%'), 120_000);
test('not', () => expect(slow).not.toBeFasterThan(fast, '10%'), 120_000);
`;

/** Used for one runner only, because it takes seconds and modules are measured alike for both. */
const modules = `test('faster', () => expect(fast).toBeFasterThan(slow, '10%'), 120_000);\n`;

/** The message of every test that fails; all others pass. */
const failures: [name: string, words: RegExp][] = [
  ['slower', /not slower by less than 3% than .*regressed/s],
  ['not faster', /is not faster by at least 10% than .*rejected/s],
  [
    'undecided',
    /not shown to be slower by less than 3% than .*undecided.*Each subject ran 6 times\. For a clear verdict, raise maxRuns/s,
  ],
  ['nowhere', /There is no module .*\/stranger\/tests\/fast\.js/],
  ['closure', /cannot be measured: it shares the process/],
  ['not', /`\.not` would also pass if the measurement is inconclusive/],
];

const holding = ['less', 'same'];

it('vitest: passes assertions that hold, and reports why others fail, are undecided or are invalid', async () => {
  write(
    'tests/speed.test.js',
    `import { expect, test } from 'vitest';\nimport 'perf-gate/vitest';\n${cases}${modules}`,
  );
  const { stdout } = await node('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--root', folder());
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const results = testResults[0]!.assertionResults;
  const titles = (status: string) => results.filter((one) => one.status === status).map(({ title }) => title);
  expect(titles('passed'), stdout).toEqual([...holding, 'faster']);
  expect(titles('failed')).toEqual(failures.map(([name]) => name));
  for (const [name, words] of failures)
    expect(results.find(({ title }) => title === name)!.failureMessages[0]).toMatch(words);
});

it('node:test: the same', async () => {
  write(
    'tests/speed.mjs',
    `import nodeTest from 'node:test';\nimport { expect } from 'perf-gate/node-test';\nconst test = (name, act) => nodeTest(name, act);\n${cases}`,
  );
  const { stdout } = await node('--test', '--test-reporter=tap', 'tests/speed.mjs');
  const parts = stdout.split(/^ *(?=(?:not )?ok \d+ - )/m).slice(1);
  const titles = (state: string) =>
    parts.flatMap((part) => new RegExp(`^${state} \\d+ - ([a-z ]+)$`, 'm').exec(part)?.[1] ?? []);
  expect(titles('ok'), stdout).toEqual(holding);
  expect(titles('not ok')).toEqual(failures.map(([name]) => name));
  for (const [name, words] of failures) expect(parts.find((part) => part.includes(`- ${name}\n`))).toMatch(words);
});

it('loaded by require, a failed assertion throws an AssertionError', async () => {
  write(
    'speed.cjs',
    `const { expect } = require('perf-gate/node-test');
expect(${command(99)}).toBeFasterThan(${command(100)}, '10%').catch((error) => console.log(error.name));`,
  );
  expect(await node('speed.cjs')).toMatchObject({ stdout: 'AssertionError\n', stderr: '' });
});
