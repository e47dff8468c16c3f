import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { judgeSamples, type Samples } from '../../src/experiment/judge-samples.ts';

type Rule = Partial<Samples['rule']>;

/** Judged by Mann-Whitney against a threshold of 5 per cent, unless the rule says otherwise. */
const judge = (base: number[], candidate: number[], rule: Rule = {}) =>
  judgeSamples({
    base,
    candidate,
    metric: { name: 'time', unit: 'ms', lower_is_better: true },
    rule: {
      test: 'mann_whitney',
      paired: false,
      threshold: { type: 'pct', pct_min: 5, absolute_min: 0, significance_required: true },
      claim: 'proven',
      alpha: 0.05,
      ...rule,
    },
  });

const base = [103, 100, 106, 102, 107, 101, 105, 104];
const times = (factor: number) => base.map((value) => value * factor);

it('accepts a candidate that is proved to be better by the threshold', () => {
  expect(judge(base, times(0.5))).toMatchObject({
    verdict: 'accepted',
    reasons: [{ code: 'proven' }],
    primary: { name: 'time', unit: 'ms', n_base: 8, n_candidate: 8 },
    warnings: [],
  });
});

it('rejects one whose effect is shown to be under the threshold', () => {
  expect(judge(base, times(1.2))).toMatchObject({ verdict: 'rejected', reasons: [{ code: 'below_threshold' }] });
});

it('is inconclusive if the samples scatter too much', () => {
  const wild = [60, 140, 90, 110, 70, 130, 95, 100];
  expect(judge(base, wild)).toMatchObject({ verdict: 'inconclusive', reasons: [{ code: 'undecided' }] });
});

it.each<[string, number[], number[], Rule, object]>([
  ['no samples', [], base, {}, { code: 'empty', arm: 'base' }],
  ['a value that is no number', base, [Number.NaN], {}, { code: 'not_finite', arm: 'candidate', index: 0 }],
  ['a percentage of zero', [0, ...base], base, {}, { code: 'not_positive', arm: 'base', index: 0 }],
  ['pairs of unequal number', base, [1, 2], { paired: true }, { code: 'unequal_pairs', n_base: 8, n_candidate: 2 }],
])('does not judge %s, and says why', (_, of, against, rule, problem) => {
  expect(judge(of, against, rule)).toEqual({ problem: expect.objectContaining(problem) });
});

it('a paired test finds a difference that the spread between pairs hides', () => {
  const spread = [100, 200, 300, 400, 500, 600, 700, 800];
  const better = spread.map((value, i) => value * (0.9 - i / 1000));
  expect(judge(spread, better)).toMatchObject({ verdict: 'inconclusive', judgement: { w: null } });
  expect(judge(spread, better, { test: 'wilcoxon_signed_rank', paired: true })).toMatchObject({
    verdict: 'accepted',
    judgement: { w: expect.any(Number) },
  });
});

it('warns if so few samples can never be significant', () => {
  expect(judge([100, 101], [50, 51])).toMatchObject({
    verdict: 'inconclusive',
    warnings: [{ code: 'out_of_reach', n: 2, m: 2, alpha: 0.05 }],
  });
});

const src = resolve(import.meta.dirname, '../../src');

/** Our files that a file loads: its imports of values, and theirs. Imports of types alone are erased. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)from\s+'(\.[^']+)'/gm);
  for (const [, names = '', path = ''] of statements) {
    const listed = /\{([^}]*)\}/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    if (!listed || listed.some((name) => !name.startsWith('type '))) loadedBy(join(dirname(file), path), seen);
  }
  return seen;
}

it('judging two arrays loads few files, so that it can be used alone', () => {
  const files = [...loadedBy(join(src, 'experiment/judge-samples.ts'))];
  expect(files.every((file) => existsSync(file) && file.startsWith(src))).toBe(true);
  expect(files.length).toBeGreaterThan(5);
  expect(files.length, files.join('\n')).toBeLessThanOrEqual(25);
});
