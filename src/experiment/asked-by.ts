import type { Contract } from '../contract/schema/contract.ts';
import type { Asked } from './judged.ts';
import { pointsOf } from './points.ts';
import { claimOf } from './rule-of.ts';

/** The requirements of a contract for a candidate. `looks`: the numbers of pairs after which a session is judged. */
export function askedBy(contract: Contract, looks = pointsOf(contract)): Asked {
  const { name, unit, lower_is_better } = contract.metrics.primary;
  return { primary: { name, unit, lower_is_better }, ...claimOf(contract), max_runs: looks.at(-1)! };
}
