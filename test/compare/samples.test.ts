import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/commands/judge.ts';
import { call, type Options } from '../helpers/call.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import oracles from '../stats/oracles.json' with { type: 'json' };

type Judged = {
  verdict: string;
  improvement_pct: number | null;
  p: { mann_whitney: number; wilcoxon_signed_rank: number | null; mean_2sigma: number };
  warnings: { code: string }[];
  [key: string]: unknown;
};

/** Judges two arrays of numbers, or texts of files. */
async function judge(base: number[] | string, candidate: number[] | string, options: Options = {}) {
  const cwd = temporaryFolder();
  const text = (given: number[] | string) => (typeof given === 'string' ? given : JSON.stringify(given));
  writeFileSync(join(cwd, 'base'), text(base));
  writeFileSync(join(cwd, 'candidate'), text(candidate));
  const ended = await call(command, { cwd }, ['base', 'candidate'], { json: true, ...options });
  return { ...ended, judged: (ended.out.startsWith('{') ? JSON.parse(ended.out) : {}) as Judged };
}

const around = (centre: number, n = 8) => Array.from({ length: n }, (_, i) => centre * (1 + (i - (n - 1) / 2) / 200));

describe('published examples', () => {
  it('permeability of membranes, independent samples: U and the exact one-sided p', async () => {
    const { x, y, U_x, exact_perm } = oracles.mann_whitney[0]!;
    const { judged } = await judge(x, y);
    expect(judged).toMatchObject({ u: U_x, w: null, n_base: 10, n_candidate: 5, cles: 0.7 });
    expect(judged.p.mann_whitney).toBeCloseTo(exact_perm!.greater, 12);
    expect(judged.p.wilcoxon_signed_rank).toBeNull();
  });

  it('depression scores before and after, in pairs: V and the exact one-sided p', async () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const { judged, code } = await judge(before, after, { paired: true });
    expect(judged).toMatchObject({ verdict: 'accepted', w: 40 });
    expect(judged.p.wilcoxon_signed_rank).toBeCloseTo(0.01953125, 12);
    expect(code).toBe(0);
  });
});

it('prints exactly the documented keys', async () => {
  const { judged } = await judge(around(100), around(80));
  expect(Object.keys(judged)).toEqual(
    'verdict improvement_pct ci95_pct p p_shifted u w lower_bound_pct n_base n_candidate cles warnings'.split(' '),
  );
  expect(Object.keys(judged.p)).toEqual(['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma']);
});

describe('the verdict and the exit code', () => {
  it.each<[string, number, number, Options]>([
    ['accepted', 0, 80, { threshold: '15%' }],
    ['rejected', 1, 80, { threshold: '25%' }],
    ['inconclusive', 4, 80, { threshold: '20%' }],
    ['accepted', 0, 80, { threshold: '15' }],
    ['rejected', 1, 80, { threshold: '25ms' }],
    ['rejected', 1, 80, { higherIsBetter: true }],
    ['accepted', 0, 125, { threshold: '20%', higherIsBetter: true }],
    ['accepted', 0, 80, { threshold: '15%', test: 'mean_2sigma' }],
    ['accepted', 0, 80, { threshold: '15%', test: 'wilcoxon_signed_rank' }],
    ['accepted', 0, 79.9, { threshold: '20%', claim: 'observed' }],
  ])('%s, %d: 100 against %d with %o', async (verdict, code, candidate, options) => {
    const ended = await judge(around(100), around(candidate), options);
    expect(ended).toMatchObject({ code, judged: { verdict } });
  });

  it('an unproven estimate far below the threshold is inconclusive, because no further samples can be taken', async () => {
    const { judged } = await judge([100, 160, 60, 110, 90], [99, 161, 59, 111, 89], { threshold: '20%' });
    expect(judged.verdict).toBe('inconclusive');
  });

  it('is printed for people with its reason and the samples', async () => {
    const { out } = await judge(around(100), around(80), { threshold: '15%', json: false });
    expect(out).toMatch(/ACCEPTED[\s\S]*base → candidate[\s\S]*threshold 15 %[\s\S]*why: proven[\s\S]*quartiles/);
  });
});

it('reports samples that are too few for any significant result', async () => {
  const { judged, code } = await judge([10, 11, 12, 13], [1, 2, 3, 4], { alpha: '0.01' });
  expect(judged.warnings).toContainEqual(expect.objectContaining({ code: 'out_of_reach', smallest_p: 1 / 70 }));
  expect(code).toBe(4);
});

describe('samples that cannot be judged give one message and exit code 2', () => {
  it.each<[string, string, string, RegExp, Options?]>([
    ['NaN', '[1, NaN]', 'samples_unreadable', /expected JSON, found/],
    ['null', '[1, null]', 'samples_unreadable', /found null as number 2/],
    ['text', '["1", "2"]', 'samples_unreadable', /found "1" as number 1/],
    ['nothing', '[]', 'samples_unreadable', /found none/],
    ['an empty file', '', 'samples_unreadable', /found an empty file/],
    ['prose', 'fast, really', 'samples_unreadable', /found “fast, really”/],
    ['an object', '{"a": 1}', 'samples_unreadable', /found the keys a/],
    ['a number too large', '[1e999, 1]', 'samples_not_judgeable', /run 1 of the candidate gave Infinity/],
    ['zero in per cent', '[0, 1]', 'samples_not_judgeable', /percentage needs positive/, { threshold: '5%' }],
    ['unequal numbers of pairs', '[1, 2]', 'samples_not_judgeable', /needs pairs/, { paired: true }],
    ['a threshold in words', '[1, 2]', 'usage', /“much” is not an amount/, { threshold: 'much' }],
    ['an unknown test', '[1, 2]', 'usage', /--test is “t”/, { test: 't' }],
    ['an impossible alpha', '[1, 2]', 'usage', /--alpha is “2”/, { alpha: '2' }],
  ])('%s', async (_, candidate, code, message, options) => {
    const ended = await judge(around(100), candidate, options);
    expect(ended.error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(ended.code).toBe(2);
    expect(ended.out).toBe('');
  });

  it('a missing file', async () => {
    const ended = await call(command, { cwd: temporaryFolder() }, ['nowhere.json', 'nowhere.json']);
    expect(ended).toMatchObject({ code: 2, error: { code: 'samples_missing' } });
  });
});
