import type { Contract } from '../contract/schema/contract.ts';
import { isLeftToNoise, runsOf } from '../contract/schema/runs.ts';
import { fittingPoints, ordinaryPoints } from '../stats/design.ts';
import { spaced } from '../stats/looks.ts';
import type { Rule } from '../stats/rule.ts';
import { rulesOf } from './rule-of.ts';

/** The numbers of pairs at which a contract's sessions are looked at; the ordinary ones where it leaves them to a noise not known yet. */
export function pointsOf(contract: Pick<Contract, 'repro' | 'rules'>): readonly number[] {
  const { first, last } = runsOf(contract.repro);
  return isLeftToNoise(contract.repro) ? ordinaryPoints : spaced[rulesOf(contract)](first, last);
}

/** The same, once the baseline's first session has shown the noise. `seconds` is what one execution takes. */
export function pointsForNoise(
  contract: Contract,
  { seconds, ...seen }: { base: number[]; candidate: number[]; rule: Rule; seconds: number },
): readonly number[] {
  return isLeftToNoise(contract.repro)
    ? fittingPoints({ ...seen, affordable: affordablePairs(contract, seconds) })
    : pointsOf(contract);
}

/** The most pairs with which an attempt, measured to the end twice over, still fits into the time of the whole run. */
function affordablePairs({ limits, confirm, repro }: Contract, seconds: number): number {
  const perPair = 2 * seconds * (confirm ? 2 : 1);
  return Math.floor((limits.max_minutes * 60) / perPair) - Math.max(1, repro.warmup_runs);
}
