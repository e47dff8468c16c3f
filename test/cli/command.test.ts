import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Command, define } from '../../src/cli/command.ts';
import { amount, choice, flag, joinValues, list, number, only, percent, text } from '../../src/cli/options.ts';

const described = { name: 'try', group: 'question', summary: 'try it', example: 'perf-gate try' } as const;
const run = async () => 0;

const everything = define({
  ...described,
  arguments: '<base> [file] [rest...]',
  options: {
    '--title <text>': text('its title'),
    '--metric <name=source...>': list('what to read'),
    '--max-runs <n>': number('how often', { least: 1, most: 50, whole: true }),
    '--keep <n>': number('how many stay', { least: 0, otherwise: 10 }),
    '--threshold <pct>': percent('how much', { least: 0, most: 100, otherwise: 20 }),
    '--at-least <amount>': amount('how much better'),
    '--test <test>': choice('the test', ['auto', 'exact'], { otherwise: 'auto' }),
    '--agent <who>': choice('who', ['a', 'b'], { noun: 'agent' }),
    '--same-output': flag('both print the same'),
    '--no-branch': flag('stay on the branch'),
  },
  run,
});

type ParsedBy<C> = C extends Command<infer Parsed> ? Parsed : never;

it('the table of arguments and options determines the type of a command’s input', () => {
  expectTypeOf<ParsedBy<typeof everything>>().branded.toEqualTypeOf<{
    base: string;
    file: string | undefined;
    rest: string[];
    title: string | undefined;
    metric: string[];
    maxRuns: number | undefined;
    keep: number;
    threshold: number;
    atLeast: { kind: 'pct'; value: number } | { kind: 'absolute'; value: number; unit: string } | undefined;
    test: 'auto' | 'exact';
    agent: 'a' | 'b' | undefined;
    sameOutput: boolean;
    noBranch: boolean;
  }>();
});

it('missing options have their defaults', () => {
  expect(everything.parse(['x'], {})).toEqual({
    base: 'x',
    file: undefined,
    rest: [],
    title: undefined,
    metric: [],
    maxRuns: undefined,
    keep: 10,
    threshold: 20,
    atLeast: undefined,
    test: 'auto',
    agent: undefined,
    sameOutput: false,
    noBranch: false,
  });
});

it('given options are read', () => {
  const options = {
    title: 't',
    metric: ['a=cpu', 'b=wall'],
    maxRuns: '7',
    keep: '0',
    threshold: '5 %',
    atLeast: '10ms',
    test: 'exact',
    agent: 'b',
    sameOutput: true,
    branch: false,
  };
  expect(everything.parse(['x', 'y', 'z', '--', 'w'], options)).toEqual({
    base: 'x',
    file: 'y',
    rest: ['z', '--', 'w'],
    ...{ title: 't', metric: ['a=cpu', 'b=wall'], maxRuns: 7, keep: 0, threshold: 5 },
    atLeast: { kind: 'absolute', value: 10, unit: 'ms' },
    ...{ test: 'exact', agent: 'b', sameOutput: true, noBranch: true },
  });
});

describe('an invalid value is reported with its flag:', () => {
  it.each<[string, string, string, string]>([
    ['maxRuns', 'many', '--max-runs is “many”.', 'Give a whole number, from 1 to 50: --max-runs 10.'],
    ['maxRuns', '1.5', '--max-runs is “1.5”.', 'Give a whole number, from 1 to 50: --max-runs 10.'],
    ['maxRuns', '51', '--max-runs is “51”.', 'Give a whole number, from 1 to 50: --max-runs 10.'],
    ['keep', '-1', '--keep is “-1”.', 'Give a number, at least 0: --keep 10.'],
    ['keep', ' ', '--keep is “ ”.', 'Give a number, at least 0: --keep 10.'],
    ['threshold', '101%', '--threshold is “101%”.', 'Give a number, from 0 to 100: --threshold 10.'],
    ['test', 't', '--test is “t”.', 'Use one of auto, exact.'],
    ['agent', 'wizard', 'There is no agent “wizard”.', 'Use one of a, b.'],
  ])('%s %j', (name, value, message, hint) => {
    const parse = () => everything.parse(['x'], { [name]: value });
    expect(parse).toThrow(expect.objectContaining({ code: 'usage', message, hint }));
  });
});

it('the help shows defaults, and the form of the command that an option belongs to', () => {
  const { options } = define({
    ...described,
    options: only('commits', { '--keep <n>': number('how many stay', { least: 0, otherwise: 10 }) }),
    run,
  });
  expect(options['--keep <n>']?.description).toBe('for commits: how many stay (default 10)');
  expect(everything.options['--threshold <pct>']?.description).toBe('how much (default 20%)');
});

it('a command’s own parse function returns the object that the command runs with', async () => {
  const command = define({
    ...described,
    options: { '--twice <n>': number('a number', { least: 0, otherwise: 1 }) },
    parse: ({ twice }) => ({ doubled: 2 * twice }),
    run: async ({ doubled }) => doubled,
  });
  expectTypeOf<ParsedBy<typeof command>>().toEqualTypeOf<{ doubled: number }>();
  expect(await command.run(command.parse([], { twice: '21' }), undefined as never)).toBe(42);
});

it.each([
  [
    ['-i', 'false'],
    ['--codes=', 'false'],
  ],
  [
    ['--codes', '-n', '2', 'x'],
    ['--codes=', '-n', '2', 'x'],
  ],
  [
    ['--codes=1,2', 'false'],
    ['--codes=1,2', 'false'],
  ],
  [
    ['true', '--', '-i'],
    ['true', '--', '-i'],
  ],
])('an attached or missing value takes no word from the command: %j', (words, read) => {
  const attached = { description: '', attached: true as const, letter: 'i', read: () => null };
  expect(joinValues({ '--codes [codes]': attached, '--n <n>': text('') }, words)).toEqual(read);
});
