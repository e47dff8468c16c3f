import type { Contract } from '../contract/schema/contract.ts';
import { isLeftToNoise, runsOf } from '../contract/schema/runs.ts';
import { fittingPoints, ordinaryPoints } from '../stats/design.ts';
import { spaced } from '../stats/looks.ts';
import type { Rule } from '../stats/rule.ts';
import { rulesOf } from './rule-of.ts';

/**
 * The numbers of pairs at the looks of a contract's sessions. If the contract says `auto`, returns the default numbers, because the noise
 * is not known yet.
 */
export function pointsOf(contract: Pick<Contract, 'repro' | 'rules'>): readonly number[] {
  const { first, last } = runsOf(contract.repro);
  return isLeftToNoise(contract.repro) ? ordinaryPoints : spaced[rulesOf(contract)](first, last);
}

/** The numbers of pairs at the looks, derived from the noise of the baseline's first session. `seconds`: the duration of one execution. */
export function pointsForNoise(
  contract: Contract,
  { seconds, ...seen }: { base: number[]; candidate: number[]; rule: Rule; seconds: number },
): readonly number[] {
  return isLeftToNoise(contract.repro)
    ? fittingPoints({ ...seen, affordable: affordablePairs(contract, seconds) })
    : pointsOf(contract);
}

/**
 * The maximum number of pairs in one session. With this number, an attempt fits into the time limit of the run. The attempt is assumed to
 * need a screen and a confirmation, both to the last look.
 */
function affordablePairs({ limits, confirm, repro }: Contract, seconds: number): number {
  const perPair = 2 * seconds * (confirm ? 2 : 1);
  return Math.floor((limits.max_minutes * 60) / perPair) - Math.max(1, repro.warmup_runs);
}
