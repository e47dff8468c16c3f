import { checkContract } from '../contract/parse.ts';
import type { Contract } from '../contract/schema/contract.ts';

/**
 * The same contract with the other question: is the candidate worse by less than `marginPct` per cent? The gain that it asks for is left out.
 * `file` precedes what does not fit.
 * @throws contract_invalid: no number of runs could answer that
 */
export function askingNoWorse({ goal: _, ...contract }: Contract, marginPct: number, file: string): Contract {
  return checkContract({ ...contract, claim: 'no_worse', threshold: noWorseThan(marginPct) }, file);
}

/** The threshold that goes with `claim: no_worse`. */
export const noWorseThan = (no_worse_pct: number): Contract['threshold'] => ({
  type: 'pct',
  pct_min: 0,
  absolute_min: 0,
  no_worse_pct,
  significance_required: true,
});
