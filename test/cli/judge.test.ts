import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command as compare } from '../../src/cli/commands/compare/compare.ts';
import { command } from '../../src/cli/commands/judge.ts';
import { isFailure } from '../../src/core/errors.ts';
import { call, type Options } from '../helpers/call.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** A folder with two files, each a text or values as JSON. */
function folder(base: unknown, candidate: unknown): string {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries({ base, candidate }))
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  return cwd;
}

const judge = (base: unknown, candidate: unknown, options: Options = {}) =>
  call(command, { cwd: folder(base, candidate) }, ['base', 'candidate'], { json: true, ...options });

const times = (centre: number, n = 8) =>
  Array.from({ length: n }, (_, i) => Number((centre * (1 + i / 200)).toPrecision(12)));
/** The text of `go test -bench` of one package. */
const go = (pkg: string, of: Record<string, number[]>) =>
  [
    `pkg: ${pkg}`,
    ...Object.entries(of).flatMap(([name, ns]) => ns.map((v) => `Benchmark${name}-8 100 ${v} ns/op`)),
    'PASS',
    '',
  ].join('\n');

describe('without a key', () => {
  const base = go('a', { Parse: times(100), Sort: times(50), Gone: times(9) }) + go('b', { Parse: times(1000) });
  const candidate = go('a', { Parse: times(90), Sort: times(50), New: times(9) }) + go('b', { Parse: times(1500) });

  it('judges every benchmark that is in both files, separately by package, and the worst verdict counts', async () => {
    const { out, code } = await judge(base, candidate);
    const { verdict, benchmarks, only_in, warnings } = JSON.parse(out);
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'rejected' });
    expect(benchmarks.map((b: Record<string, unknown>) => [b.base, b.verdict])).toEqual([
      ['BenchmarkParse (a)', 'accepted'],
      ['BenchmarkSort', 'inconclusive'],
      ['BenchmarkParse (b)', 'rejected'],
    ]);
    expect(benchmarks[0].improvement_pct).toBeCloseTo(10, 0);
    expect(only_in).toEqual({ base: ['BenchmarkGone'], candidate: ['BenchmarkNew'] });
    expect(warnings.map((w: { code: string }) => w.code)).toEqual(['not_in_turn', 'several']);
  });

  it('prints a table for people', async () => {
    const { out } = await judge(base, candidate, { json: false });
    expect(out).toMatch(/✓ BenchmarkParse \(a\) .* 10\.0 % lower \(better\) .* accepted\n/);
    expect(out).toMatch(/✗ BenchmarkParse \(b\) .* higher \(worse\) .* rejected\n/);
    expect(out).toMatch(/only in the base: BenchmarkGone\n/);
    expect(out).toMatch(/not.* measured in turn/);
  });

  it('leaves out a package that only one file has, and still pairs the other', async () => {
    const { out, code } = await judge(base, go('a', { Parse: times(90) }));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      benchmarks: [{ base: 'BenchmarkParse (a)', candidate: 'BenchmarkParse', verdict: 'accepted' }],
    });
  });

  it('names a failed benchmark, which makes the whole at best inconclusive', async () => {
    const { out, code } = await judge(
      go('a', { Parse: times(100), Sort: times(50) }),
      `${go('a', { Parse: times(50), Sort: times(5) })}--- FAIL: BenchmarkSort\n`,
    );
    const { verdict, benchmarks } = JSON.parse(out);
    expect({ code, verdict }).toEqual({ code: 4, verdict: 'inconclusive' });
    expect(benchmarks[1]).toMatchObject({
      base: 'BenchmarkSort',
      verdict: null,
      problem: { code: 'samples_unreadable' },
    });
  });

  it('lists the benchmarks of each file if they have none in common', async () => {
    const { error } = await judge(
      go('a', { Parse: times(1), Sort: times(1) }),
      go('a', { Merge: times(1), Split: times(1) }),
    );
    expect(error).toMatchObject({
      code: 'samples_apart',
      message: expect.stringMatching(/BenchmarkParse, BenchmarkSort, and .* BenchmarkMerge, BenchmarkSplit/),
    });
  });

  it('judges a single benchmark in each file, even if their names differ', async () => {
    const { out } = await judge(
      { results: [{ command: 'old', times: times(0.1) }] },
      { results: [{ command: 'new', times: times(0.05) }] },
    );
    expect(JSON.parse(out)).toMatchObject({ verdict: 'accepted', n_base: 8 });
  });
});

describe('the question', () => {
  it.each([
    [
      'a claim with --no-worse-than',
      { worseThan: '3%', claim: 'observed' },
      /--claim observed asks .* --no-worse-than asks/,
    ],
    [
      'the default claim with it, if typed',
      { worseThan: '3%', claim: 'proven' },
      /--claim proven asks .* --no-worse-than asks/,
    ],
    ['a threshold with it', { worseThan: '3%', threshold: '5%' }, /--threshold asks .* --no-worse-than asks/],
    ['a margin of 0', { worseThan: '0' }, /A margin of 0 cannot be proven/],
  ])('%s is refused', async (_, options, message) => {
    expect(await judge(times(1), times(1), options)).toMatchObject({
      code: 2,
      error: { code: 'usage', message: expect.stringMatching(message) },
    });
  });

  it('a higher rate is better, and a warning says so', async () => {
    const rates = (centre: number) =>
      times(centre)
        .map((v) => `BenchmarkX 1 ${v} MB/s`)
        .join('\n');
    const { out } = await judge(rates(100), rates(120), { threshold: '10%' });
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'accepted',
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'higher_is_better' })]),
    });
  });

  it('warns that the samples may not have been measured in turn, unless they are declared as pairs', async () => {
    const codes = async (options: Options) =>
      JSON.parse((await judge(times(100), times(90), options)).out).warnings.map((w: { code: string }) => w.code);
    expect(await codes({})).toContain('not_in_turn');
    expect(await codes({ paired: true })).not.toContain('not_in_turn');
  });
});

it('warns that sorted samples cannot show a drift', async () => {
  const sorted = times(100, 12);
  const shuffled = [5, 2, 9, 0, 11, 7, 1, 10, 4, 8, 3, 6].map((i) => sorted[i]! * 0.9);
  const { out } = await judge(sorted, shuffled);
  const codes = JSON.parse(out).warnings.map(({ code, arm }: { code: string; arm?: string }) => `${code} ${arm ?? ''}`);
  expect(codes).toContain('sorted base');
  expect(codes).not.toContain('drift base');
  expect(codes).not.toContain('sorted candidate');
});

/** The hint with which a command ends. */
async function hintOf(base: unknown, candidate: unknown, options: Options): Promise<string> {
  const cwd = folder(base, candidate);
  const tools = { cwd, env: {}, json: true } as unknown as Parameters<typeof command.run>[1];
  const error = await command
    .run(command.parse(['base', 'candidate'], options), tools)
    .catch((thrown: unknown) => thrown);
  if (!isFailure(error)) throw new Error('it did not fail');
  return `${error.message} ${error.hint}`;
}

describe('samples that cannot be judged', () => {
  const allocations = (n: number) => Array.from({ length: 6 }, () => `BenchmarkX 1 5 ns/op ${n} allocs/op`).join('\n');

  it('samples that fall to 0 have no percentage: the hint names an option of this command', async () => {
    const told = await hintOf(allocations(10), allocations(0), { key: 'X.allocs/op', threshold: '5%' });
    expect(told).toMatch(/percentage needs positive values.*--threshold 1allocs/);
    expect(told).not.toMatch(/absolute|yaml/i);
    const { code } = await judge(allocations(10), allocations(0), { key: 'X.allocs/op', threshold: '1allocs' });
    expect(code).toBe(0);
  });

  it.each([
    ['few of both', times(100, 3), times(50, 3)],
    ['few of the candidate', times(100, 30), times(50, 3)],
    ['one of each', [100], [50]],
  ])('%s: exit code 2 by name', async (_, base, candidate) => {
    expect(await judge(base, candidate)).toMatchObject({ code: 2, error: { code: 'samples_too_few' } });
  });

  it('four of each are enough', async () => {
    expect((await judge(times(100, 4), times(50, 4))).code).toBe(0);
  });
});

it('compare of two commits refuses the options of two commands by name', async () => {
  for (const options of [
    { threshold: '5%' },
    { runs: '5' },
    { sameOutput: true },
    { threshold: '5%', worseThan: '3%' },
  ]) {
    const ended = await call(compare, { cwd: temporaryFolder() }, ['main', 'HEAD'], { contract: 'c.yaml', ...options });
    expect(ended).toMatchObject({
      code: 2,
      error: { code: 'usage', message: expect.stringMatching(/--(?:threshold|runs|same-output)/) },
    });
  }
});
