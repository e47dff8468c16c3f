import { checkContract } from '../contract/parse.ts';
import type { Contract } from '../contract/schema/contract.ts';

/**
 * Returns the contract with the claim “no worse” and without its goal. The candidate may then be at most `marginPct` per cent worse.
 * `file`: the name of the contract in errors.
 * @throws contract_invalid: no number of executions could prove this claim
 */
export function askingNoWorse({ goal: _, ...contract }: Contract, marginPct: number, file: string): Contract {
  return checkContract({ ...contract, claim: 'no_worse', threshold: noWorseThan(marginPct) }, file);
}

/** The threshold for `claim: no_worse`. */
export const noWorseThan = (no_worse_pct: number): Contract['threshold'] => ({
  type: 'pct',
  pct_min: 0,
  absolute_min: 0,
  no_worse_pct,
  significance_required: true,
});
