import { looks, smallestP, spaced } from './looks.ts';
import { isSignificant } from './null-distribution.ts';
import type { Rules, Test } from './rule.ts';

/** The first and the last number of executions at which a contract lets perf-gate judge the samples. `alpha` is the smallest alpha of any attempt (`attemptAlpha`). */
export type Plan = { test: Test | 'auto'; first: number; last: number; alpha: number; rules: Rules };

/** Whether the planned executions could ever be significant. */
export type Reachable = {
  ok: boolean;
  /** The weakest of the tests that the contract allows. */
  test: Test;
  /** The smallest possible one-sided p-value of this test at the last look, and the alpha of this look. */
  smallest_p: number;
  alpha: number;
  /** The smallest number of executions per arm with which a result could be significant. */
  needed_runs: number;
};

/**
 * The smallest number of executions per arm that is ever allowed. With three executions per arm, a difference is significant only if the
 * arms do not overlap at all.
 */
const fewestRuns = 4;

const testsOf = { auto: ['wilcoxon_signed_rank', 'mann_whitney'] } as const;

/** Checks every test that the contract allows, one-sided at the last look. */
export function reachable(plan: Plan): Reachable {
  const tests: readonly Test[] = plan.test === 'auto' ? testsOf.auto : [plan.test];
  const attainable = (test: Test, maxRuns: number) => {
    const last = looks(spaced[plan.rules](Math.min(plan.first, maxRuns), maxRuns), plan.alpha, test, plan.rules).at(
      -1,
    )!;
    const p = smallestP(test, maxRuns);
    return { test, smallest_p: p, alpha: last.alpha, ok: maxRuns >= fewestRuns && isSignificant(p, last.alpha) };
  };
  const allReach = (runs: number) => tests.every((test) => attainable(test, runs).ok);
  const results = tests.map((test) => attainable(test, plan.last));
  const weakest = results.find((r) => !r.ok) ?? results[0]!;
  let needed = Math.max(fewestRuns, plan.first);
  while (!allReach(needed)) needed++;
  const { test, smallest_p, alpha } = weakest;
  return { ok: allReach(plan.last), test, smallest_p, alpha, needed_runs: needed };
}
