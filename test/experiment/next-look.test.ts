import { expect, it } from 'vitest';
import { nextLook } from '../../src/experiment/next-look.ts';

const plan = { seed: 's', warmup_runs: 1, looks: [5, 8, 13, 22], order: 'interleaved' as const };
const both = ['base', 'candidate'] as const;

it('returns the number of executions at the next look', () => {
  const next = nextLook(plan, both, true);
  expect([0, 1, 12, 13, 18, 19, 29, 46].map(next)).toEqual([12, 12, 12, 18, 18, 28, 46, 46]);
});

it('handles a base that was measured earlier, and a session that no look ends', () => {
  expect(nextLook(plan, ['candidate'], true)(1)).toBe(6);
  expect(nextLook({ ...plan, order: 'sequential' }, ['candidate'], true)(7)).toBe(9);
  expect(nextLook(plan, both, false)(1)).toBe(46);
});
