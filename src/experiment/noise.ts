import type { Contract } from '../contract/schema/contract.ts';
import type { Resolvable } from '../stats/resolvable.ts';
import { resolvable } from '../stats/resolvable.ts';
import type { Rule, Test } from '../stats/rule.ts';
import { chooseTest, differs } from '../stats/same.ts';
import { pointsForNoise } from './points.ts';
import { ruleOf, rulesOf } from './rule-of.ts';
import { looksOf } from './session-judge.ts';

type Samples = { base: number[]; candidate: number[] };

/** What an A/A session, the base against itself, says about the measurement. */
export type Assessed = {
  /** The test that judges: `auto` is settled here, before any fix exists. */
  test: Test;
  /** The numbers of pairs at which the sessions of the run will be looked at. */
  looks: readonly number[];
  seen: Resolvable;
  /** Every session found a difference between two arms of the same code. */
  different: boolean;
  result: 'measured' | 'unstable' | 'failed';
};

/**
 * Assesses the sessions of a baseline (one, or two where the first showed a difference); their samples alone decide. `seconds` is what one
 * execution takes: a slow program cannot afford many.
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
  // The rules 1 stop a noisy run. Later rules only report the noise, because it may hide a small improvement and still show a large one.
  const stops = rulesOf(contract) === 1 && tooNoisy(contract, seen);
  const result = different ? 'failed' : stops ? 'unstable' : 'measured';
  return { test, looks: at, seen, different, result };
}

/** Whether two arms of the same code would be called different. */
export function looksDifferent(contract: Contract, { base, candidate }: Samples): boolean {
  const { test, rule } = judgedBy(contract, { base, candidate });
  return differs(base, candidate, rule, looksOf(contract, test)[0]!.alpha).different;
}

function judgedBy(contract: Contract, { base, candidate }: Samples): { test: Test; rule: Rule } {
  const { significance, order } = contract;
  // Without interleaving there are no pairs that could drift together.
  const fitting = () => (order === 'sequential' ? 'mann_whitney' : chooseTest(base, candidate, rulesOf(contract)));
  const test = significance.test === 'auto' ? fitting() : significance.test;
  return { test, rule: ruleOf(contract, test) };
}

/** Beyond this many thresholds, the smallest improvement that can be seen is of no use. */
const TOO_FAR = 2;

/**
 * Whether the noise hides what the contract wants to see: the goal, or without one twice the threshold. That nothing got worse is hidden
 * where only an improvement would be told from a regression.
 */
export function tooNoisy({ goal, threshold, claim }: Contract, seen: Resolvable): boolean {
  if (claim === 'no_worse') return (seen.improvement_pct ?? Infinity) > 0;
  if (goal) return (seen.improvement_pct ?? Infinity) > goal.pct;
  if (threshold.type === 'absolute') return (seen.improvement ?? Infinity) > TOO_FAR * threshold.absolute_min;
  return (seen.improvement_pct ?? Infinity) > TOO_FAR * threshold.pct_min;
}
