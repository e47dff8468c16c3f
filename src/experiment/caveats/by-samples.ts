import type { Contract } from '../../contract/schema/contract.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import type { Caveat } from './caveat.ts';
import { selfReportedAlone } from './self-reported.ts';
import { warmUpHeavier } from './warm-up.ts';

type Check = (contract: Contract, samples: { all: readonly Sample[]; measured: readonly Sample[] }) => Caveat | null;

/** Each function looks for one caveat in the samples of a session that met the threshold. */
const checks: readonly Check[] = [
  (contract, { measured }) => selfReportedAlone(contract, measured),
  (contract, { all }) => warmUpHeavier(contract, all),
];

export function caveatsOfSamples(contract: Contract, all: readonly Sample[]): Caveat[] {
  if (contract.claim === 'no_worse') return [];
  const measured = all.filter((sample) => !sample.warmup);
  return checks.flatMap((check) => check(contract, { all, measured }) ?? []);
}

/**
 * Returns the caveats that both sessions show, with the facts of the second session. One session is not enough, because one slow
 * execution can cause a caveat.
 */
export const caveatsInBoth = (first: readonly Caveat[], second: readonly Caveat[]): Caveat[] =>
  second.filter(({ code }) => first.some((caveat) => caveat.code === code));
