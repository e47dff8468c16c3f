import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { compare, isPerfGateError, judge, mannWhitney, measure, signedRank } from '../../src/api/index.ts';
import { cwd } from '../helpers/own-cache.ts';

beforeAll(() => {
  process.env.XDG_CACHE_HOME = join(cwd, 'cache');
});

const four = [1, 2, 3, 4];
const ended = AbortSignal.abort();

/** Mistakes of a caller, with the code and the hint of the error. */
const mistakes: [code: string, hint: string, act: () => unknown][] = [
  ['samples_too_few', 'Measure more', () => judge([1, 2], [1, 2])],
  ['samples_not_judgeable', 'finite number', () => judge([1, 2, 3, Number.NaN], four)],
  ['usage', 'Give either `threshold`', () => judge(four, four, { threshold: '5%', noWorseThan: '3%' })],
  ['usage', "`threshold: '5%'`", () => judge(four, four, { threshold: 'a lot' })],
  ['usage', "noWorseThan: '3%'", () => judge(four, four, { noWorseThan: '0%' })],
  ['usage', 'Give only one of these two options', () => judge(four, four, { noWorseThan: '3%', claim: 'observed' })],
  ['samples_not_judgeable', 'Leave out `paired`', () => judge(four, [1, 2, 3], { paired: true })],
  ['samples_not_judgeable', "`threshold: '1ms'`", () => judge([-1, 2, 3, 4], four, { threshold: '5%', unit: 'ms' })],
  [
    'samples_not_judgeable',
    '`threshold: 1`, without `noWorseThan`',
    () => judge([-1, 2, 3, 4], four, { noWorseThan: '5%' }),
  ],
  ['usage', 'from 0.000001 to 0.5', () => judge(four, four, { alpha: 7 })],
  ['usage', 'mann_whitney', () => judge(four, four, { test: 't_test' as never })],
  ['usage', 'proven', () => judge(four, four, { claim: 'likely' as never })],
  ['usage', 'Find the cause of NaN', () => mannWhitney([], [1])],
  ['usage', 'Find the cause of NaN', () => signedRank([Number.NaN])],
  ['usage', 'Find the cause of NaN', () => signedRank(undefined as never)],
  ['usage', "`threshold: '10ms'`", () => compare('true', 'true', { threshold: '5MB' })],
  ['usage', '`maxRuns: 9`', () => compare('true', 'true', { runs: 9, maxRuns: 4 })],
  ['usage', '`runs: 3`', () => compare('true', 'true', { runs: 1, maxRuns: 2 })],
  ['usage', 'whole number from 1', () => compare('true', 'true', { runs: 5.5 })],
  ['usage', 'from 0.001', () => compare('true', 'true', { timeoutSeconds: -1 })],
  ['usage', 'by the same metric', () => compare('true', { command: 'true', metric: 'x' })],
  ['usage', "{ command: 'node x.js' }", () => compare('true', {} as never)],
  ['usage', 'with the file extension', () => compare('true', { module: './none.js' })],
  ['function_given', "{ module: './fast.js', export: 'run' }", () => compare((() => 1) as never, 'true')],
  ['function_given', 'Export the function', () => compare('true', { module: './x.js', export: (() => 1) as never })],
  ['command_failed', 'by hand', () => compare('exit 3', 'true')],
  ['interrupted', 'its samples were discarded', () => compare('true', 'true', { signal: ended })],
  ['usage', "measure('node bench.mjs')", () => measure([])],
  ['usage', 'whole number from 1', () => measure('true', { runs: 0 })],
  ['command_failed', 'by hand', () => measure('echo --runs 5; exit 3')],
  ['command_failed', 'by hand', () => measure('sleep 60', { timeoutSeconds: 0.01, runs: 1 })],
  ['interrupted', 'its samples were discarded', () => measure('true', { signal: ended })],
];

it.each(mistakes)('%s: “%s”, in words of the library', async (code, hint, act) => {
  const error = await (async () => act())().catch((thrown) => thrown);
  if (!isPerfGateError(error)) throw error;
  expect(error.code).toBe(code);
  expect(error.hint).toContain(hint);
  // the message names no option and no command of perf-gate, except in the output of the measured command
  expect(`${error.message} ${error.hint}`.replaceAll('echo --runs 5', '')).not.toMatch(/(?<![\w-])--?[a-z]|perf-gate /);
});
