import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../src/cli/commands/judge.ts';
import { parseAmount } from '../../src/core/amount.ts';
import { call, type Options } from '../helpers/call.ts';
import { temporaryFolder } from '../helpers/repository.ts';

it.each([
  ['5%', { kind: 'pct', value: 5 }],
  ['2.5 %', { kind: 'pct', value: 2.5 }],
  ['10ms', { kind: 'absolute', value: 10, unit: 'ms' }],
  ['.5s', { kind: 'absolute', value: 0.5, unit: 's' }],
  ['3', { kind: 'absolute', value: 3, unit: '' }],
  ['0%', { kind: 'absolute', value: 0, unit: '' }],
])('the threshold %s', (text, expected) => {
  expect(parseAmount(text)).toEqual(expected);
});

it.each(['', '%', '-5%', '5%%', 'ms', '1e3', '5 % less'])('the threshold “%s” is refused', (text) => {
  expect(() => parseAmount(text)).toThrow('is not an amount');
});

const times = (seconds: number) => [0, 1, 2, 3, 4, 5].map((i) => seconds + i / 10_000);
const export1 = (seconds: number) => JSON.stringify({ results: [{ command: 'x', times: times(seconds) }] });
const goText = (seconds: number) =>
  times(seconds)
    .map((s) => `BenchmarkX 1 ${Math.round(s * 1e9)} ns/op`)
    .join('\n');
const array = (seconds: number) => JSON.stringify(times(seconds).map((s) => s * 1000));

async function judge(base: string, candidate: string, options: Options) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'base'), base);
  writeFileSync(join(cwd, 'candidate'), candidate);
  return call(command, { cwd }, ['base', 'candidate'], { json: true, ...options });
}

it.each<[string, string, string, number]>([
  ['50ms', export1(0.2), export1(0.14), 0],
  ['0.05', export1(0.2), export1(0.14), 0],
  ['70ms', export1(0.2), export1(0.14), 1],
  ['50ms', export1(0.2), goText(0.14), 0],
  ['50000us', goText(0.2), goText(0.14), 0],
  ['50ms', array(0.2), array(0.14), 0],
  ['70ms', array(0.2), array(0.14), 1],
])('the threshold %s is converted to the unit of the samples', async (threshold, base, candidate, code) => {
  expect((await judge(base, candidate, { threshold })).code).toBe(code);
});

it('refuses a unit of another kind, and warns about a missing unit', async () => {
  expect(await judge(export1(0.2), export1(0.1), { threshold: '5MB' })).toMatchObject({
    code: 2,
    error: { message: 'The samples of the base are in ms, but the threshold is in MB.' },
  });
  const { out, code } = await judge(export1(0.2), JSON.stringify(times(0.1)), {});
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ warnings: [{ code: 'unit_unknown' }, { code: 'not_in_turn' }] });
});
