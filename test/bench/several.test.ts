import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/commands/measure/measure.ts';
import { call, type Options } from '../helpers/call.ts';
import { cwd, place } from '../helpers/own-cache.ts';

const measure = (words: string[], options: Options = {}) => call(command, place, words, { runs: '5', ...options });

type Result = { command: string; times: number[]; exit_codes: number[]; parameters?: Record<string, string> };
type Exported = {
  results: Result[];
  perf_gate: { relative: { command: string; reference: string; times: number; interval: [number, number] | null }[] };
};
const json = async (words: string[], options: Options = {}) =>
  JSON.parse((await measure(words, { json: true, ...options })).out) as Exported;
const commandsOf = async (words: string[], options: Options = {}) =>
  (await json(words, { runs: '1', ...options })).results.map((r) => r.command);

/** Several values of one option, joined as the parser joins them. */
const joined = (...values: string[]) => values.join('\0');

describe('several commands', () => {
  it('run in turn, and each is compared with the first', async () => {
    const log = join(cwd, 'turns');
    const words = [`echo a >> ${log}; sleep 0.05`, '--', `echo b >> ${log}; sleep 0.15`];
    const { results, perf_gate } = await json(words, { runs: '8' });
    expect(results.map((r) => r.times.length)).toEqual([8, 8]);
    const turns = readFileSync(log, 'utf8').trim().split('\n');
    const rounds = Array.from({ length: 9 }, (_, i) => turns.slice(2 * i, 2 * i + 2).join(''));
    expect(rounds.map((round) => [...round].sort().join(''))).toEqual(Array(9).fill('ab'));
    const [relative] = perf_gate.relative;
    expect(relative!.reference).toBe(results[0]!.command);
    expect(relative!.interval![0]).toBeGreaterThan(1);
    expect(relative!.times).toBeLessThan(4);
  });

  it('are single words if the first word contains a blank, as in hyperfine', async () => {
    expect(await commandsOf(['sleep 0.01', 'sleep 0.02'])).toEqual(['sleep 0.01', 'sleep 0.02']);
    expect(await commandsOf(['sleep', '0.01', '--', 'true'])).toEqual(['sleep 0.01', 'true']);
    expect(await commandsOf(['test', '-n', 'a b'])).toEqual([`test -n 'a b'`]);
  });

  it('keep `--` in a command if the next word cannot begin a command', async () => {
    expect(await commandsOf(['test', '-z', '--', '-n', '--', 'true'], { ignoreFailure: true })).toEqual([
      'test -z -- -n',
      'true',
    ]);
  });

  it('are reported as faster, slower or without a shown difference', async () => {
    const { out } = await measure(['sleep 0.15', 'sleep 0.05'], { runs: '6' });
    expect(out).toMatch(
      /Compared with sleep 0\.15 \(simultaneous 95 % intervals\):\n {2}sleep 0\.05 {2}[\d.]+ times faster/,
    );
    const same = await measure(['sleep 0.05', '--', 'sleep 0.05'], { runs: '3' });
    expect(same.out).toMatch(/too few runs for an interval|no difference shown/);
  });

  it('can be measured one after the other', async () => {
    const log = join(cwd, 'sequence');
    await json([`echo a >> ${log}`, '--', `echo b >> ${log}`], { runs: '2', sequential: true });
    expect(readFileSync(log, 'utf8')).toBe('a\na\na\nb\nb\nb\n');
  });
});

describe('parameters', () => {
  it('fill commands, names and the commands around the runs; the first parameter changes fastest', async () => {
    const lists = [joined('a', '1,2'), joined('b', 'x,y\\,z')];
    const { results } = await json(['true', '{a}', '{b}'], { runs: '1', parameterList: lists });
    expect(results.map((r) => r.command)).toEqual(['true 1 x', 'true 2 x', 'true 1 y,z', 'true 2 y,z']);
    expect(results[3]!.parameters).toEqual({ a: '2', b: 'y,z' });
    expect(
      await commandsOf(['true {n}'], { parameterScan: [joined('n', '1', '3')], commandName: ['run {n}'] }),
    ).toEqual(['run 1', 'run 2', 'run 3']);
  });

  it('scan a range without errors of rounding', async () => {
    const scan = { parameterScan: [joined('n', '0.1', '0.35')], parameterStepSize: '0.1' };
    expect(await commandsOf(['true {n}'], scan)).toEqual(['true 0.1', 'true 0.2', 'true 0.3']);
  });

  it.each<[string, Options, RegExp]>([
    ['a parameter that no command uses', { parameterList: [joined('m', '1,2')] }, /No command uses the parameter m/],
    ['a parameter given twice', { parameterList: [joined('n', '1'), joined('n', '2')] }, /n is given twice/],
    ['an empty range', { parameterScan: [joined('n', '3', '1')] }, /from 3 to 1 is empty/],
    ['decimals without a step', { parameterScan: [joined('n', '0.1', '1')] }, /needs a step/],
    ['a step of 0', { parameterScan: [joined('n', '1', '2')], parameterStepSize: '0' }, /is not above 0/],
    ['a bound that is not a number', { parameterScan: [joined('n', 'a', '2')] }, /“a”, which is not a number/],
    ['a step without a scan', { parameterList: [joined('n', '1')], parameterStepSize: '2' }, /needs --parameter-scan/],
    [
      'two names for one command',
      { parameterList: [joined('n', '1')], commandName: ['a', 'b'] },
      /there is one command/,
    ],
    [
      'two preparations for three',
      { parameterList: [joined('n', '1,2,3')], prepare: [':', ':'] },
      /there are 3 commands/,
    ],
  ])('refuse %s', async (_, options, message) => {
    const ended = await measure(['true {n}'], options);
    expect(ended).toMatchObject({ code: 2, error: { message: expect.stringMatching(message) } });
  });
});

describe('around the runs', () => {
  it('setup and cleanup run once for each command, prepare and conclude around every run', async () => {
    const log = join(cwd, 'around');
    const say = (what: string) => `echo ${what} {n} >> ${log}`;
    const around = { setup: say('setup'), prepare: [say('before')], conclude: [say('after')], cleanup: say('cleanup') };
    await json([say('run')], { runs: '1', parameterList: [joined('n', '1,2')], ...around });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines.slice(0, 2)).toEqual(['setup 1', 'setup 2']);
    expect(lines.slice(-2)).toEqual(['cleanup 1', 'cleanup 2']);
    const runs = lines.slice(2, -2);
    expect(runs).toHaveLength(12);
    for (let i = 0; i < runs.length; i += 3)
      expect(runs.slice(i, i + 3).map((line) => line.split(' ')[0])).toEqual(['before', 'run', 'after']);
  });

  it('cleanup also runs after a failure, and its own failure is reported', async () => {
    const log = join(cwd, 'cleaned');
    const ended = await measure(['false'], { cleanup: `echo done > ${log}; exit 1` });
    expect(ended.code).toBe(3);
    expect(readFileSync(log, 'utf8')).toBe('done\n');
  });

  it('refuses equal commands with different setups, unless they run one after the other', async () => {
    const made = join(cwd, 'made');
    const options = { setup: `echo {n} > ${made}`, parameterList: [joined('n', '1,2')], runs: '1' };
    const words = [`cat ${made}`];
    expect(await measure(words, options)).toMatchObject({
      code: 2,
      error: { message: expect.stringMatching(/differ only in their setups/) },
    });
    const read = { ...options, sequential: true, metric: ['n=regex:(\\d+)'] };
    const { perf_gate } = (await json(words, read)) as unknown as {
      perf_gate: { commands: { command: string; metrics: { values: number[] }[] }[] };
    };
    expect(perf_gate.commands.map((c) => c.metrics[0]!.values)).toEqual([[1], [2]]);
    expect(perf_gate.commands[0]!.command).toBe(`cat ${made} (n = 1)`);
  });

  it('passes a file on stdin', async () => {
    writeFileSync(join(cwd, 'words.txt'), 'a 7\n');
    const { out } = await measure(['cat'], { input: 'words.txt', metric: ['n=regex:a (\\d+)'], json: true });
    expect(JSON.parse(out).perf_gate.metrics[0].values).toEqual([7, 7, 7, 7, 7]);
    const missing = await measure(['cat'], { input: 'nowhere.txt' });
    expect(missing).toMatchObject({
      code: 3,
      error: { message: expect.stringMatching(/its input .*nowhere\.txt is not there/) },
    });
  });

  it('counts ignored failures as runs, with a warning', async () => {
    const { results } = await json(['sh -c "exit 3"'], { ignoreFailure: true });
    expect(results[0]!.exit_codes).toEqual([3, 3, 3, 3, 3]);
    const { results: some } = await json(['sh -c "exit 3"'], { ignoreFailure: '1,3' });
    expect(some[0]!.exit_codes).toContain(3);
    const { error } = await measure(['sh -c "exit 3"'], { ignoreFailure: '1,2' });
    expect(error?.message).toMatch(/exit code 3/);
    const { error: unknown } = await measure(['true'], { ignoreFailure: 'some' });
    expect(unknown?.message).toMatch(/--ignore-failure is “some”/);
    const { out } = await measure(['false'], { ignoreFailure: true });
    expect(out).toContain('5 of 5 executions failed (exit code 1), but their samples count, as requested');
  });

  it('uses the requested shell, or none', async () => {
    const shown = await measure(['echo n=$BASH_VERSINFO'], {
      shell: 'bash --norc',
      metric: ['n=regex:n=(\\d+)'],
      json: true,
    });
    expect(JSON.parse(shown.out).perf_gate.metrics[0].values[0]).toBeGreaterThan(2);
    const none = await measure(['true; exit 9'], { shell: false });
    expect(none.error?.message).toMatch(/“true;” cannot be started/);
  });
});

it('accepts the name of a source as a metric', async () => {
  const { out } = await measure(['true'], { metric: ['cpu'], json: true });
  expect(JSON.parse(out).perf_gate.metrics[0]).toMatchObject({ name: 'cpu', unit: 'ms' });
});

it('writes the files that hyperfine’s options name, with a row for each command', async () => {
  const files = { exportJson: 'o.json', exportCsv: 'o.csv', exportMarkdown: 'o.md' };
  await measure(['true {n}'], { parameterList: [joined('n', '1,2')], ...files });
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  expect(JSON.parse(read('o.json')).results.map((r: Result) => r.parameters)).toEqual([{ n: '1' }, { n: '2' }]);
  expect(read('o.csv').split('\n')[0]).toBe('command,mean,stddev,median,user,system,min,max,parameter_n');
  expect(read('o.md').split('\n')[0]).toMatch(/\| Relative \(95 % interval\) \|$/);
  const lost = await measure([`touch ${join(cwd, 'ran')}`], { exportJson: 'nowhere/o.json' });
  expect(lost).toMatchObject({
    code: 2,
    error: { message: expect.stringMatching(/folder of nowhere\/o\.json does not exist/) },
  });
});
