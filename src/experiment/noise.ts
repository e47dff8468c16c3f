import type { Contract } from '../contract/schema/contract.ts';
import type { Resolvable } from '../stats/resolvable.ts';
import { resolvable } from '../stats/resolvable.ts';
import type { Rule, Test } from '../stats/rule.ts';
import { chooseTest, differs } from '../stats/same.ts';
import { pointsForNoise } from './points.ts';
import { ruleOf, rulesOf } from './rule-of.ts';
import { looksOf } from './session-judge.ts';

type Samples = { base: number[]; candidate: number[] };

/** The noise of the measurement, from an A/A session (the base against itself). */
export type Assessed = {
  /** The statistical test of the run's later sessions. If the contract says `auto`, the test is chosen here, before any fix exists. */
  test: Test;
  /** The numbers of pairs at the looks of the run's later sessions. */
  looks: readonly number[];
  seen: Resolvable;
  /** Whether every session found a difference between two arms of the same code. */
  different: boolean;
  result: 'measured' | 'unstable' | 'failed';
};

/**
 * Assesses the sessions of a baseline by their samples alone. The baseline has a second session only if the first one showed a difference.
 * `seconds`: the duration of one execution, which limits the number of executions.
 */
export function assessBaseline(
  contract: Contract,
  sessions: readonly [Samples, ...Samples[]],
  seconds: number,
): Assessed {
  const { base, candidate } = sessions[0];
  const { test, rule } = judgedBy(contract, sessions[0]);
  const at = pointsForNoise(contract, { base, candidate, rule, seconds });
  const seen = resolvable({ base, candidate, rule, looks: looksOf(contract, test, at), confirm: contract.confirm });
  const different = sessions.every((session) => looksDifferent(contract, session));
  // Version 1 of the rules stops a noisy run. Later versions only report the noise, because a session that cannot prove a small improvement
  // can still prove a large one.
  const stops = rulesOf(contract) === 1 && tooNoisy(contract, seen);
  const result = different ? 'failed' : stops ? 'unstable' : 'measured';
  return { test, looks: at, seen, different, result };
}

/** Whether the samples show a difference between two arms of the same code. */
export function looksDifferent(contract: Contract, { base, candidate }: Samples): boolean {
  const { test, rule } = judgedBy(contract, { base, candidate });
  return differs(base, candidate, rule, looksOf(contract, test)[0]!.alpha).different;
}

function judgedBy(contract: Contract, { base, candidate }: Samples): { test: Test; rule: Rule } {
  const { significance, order } = contract;
  // The samples of a sequential session form no pairs, so the paired test cannot be used.
  const fitting = () => (order === 'sequential' ? 'mann_whitney' : chooseTest(base, candidate, rulesOf(contract)));
  const test = significance.test === 'auto' ? fitting() : significance.test;
  return { test, rule: ruleOf(contract, test) };
}

/** The session is too noisy if its smallest detectable improvement is more than this many times the threshold. */
const TOO_FAR = 2;

/**
 * Whether the noise hides the required effect: the goal, or twice the threshold if the contract has no goal. Under the claim `no_worse`:
 * true if the samples could not distinguish an unchanged program from a regression.
 */
export function tooNoisy({ goal, threshold, claim }: Contract, seen: Resolvable): boolean {
  if (claim === 'no_worse') return (seen.improvement_pct ?? Infinity) > 0;
  if (goal) return (seen.improvement_pct ?? Infinity) > goal.pct;
  if (threshold.type === 'absolute') return (seen.improvement ?? Infinity) > TOO_FAR * threshold.absolute_min;
  return (seen.improvement_pct ?? Infinity) > TOO_FAR * threshold.pct_min;
}
