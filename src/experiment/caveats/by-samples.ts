import type { Contract } from '../../contract/schema/contract.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import type { Caveat } from './caveat.ts';
import { selfReportedAlone } from './self-reported.ts';
import { warmUpHeavier } from './warm-up.ts';

type Check = (contract: Contract, samples: { all: readonly Sample[]; measured: readonly Sample[] }) => Caveat | null;

/** Returns the caveats that the samples of a session show if the session met the threshold. */
const checks: readonly Check[] = [
  (contract, { measured }) => selfReportedAlone(contract, measured),
  (contract, { all }) => warmUpHeavier(contract, all),
];

export function caveatsOfSamples(contract: Contract, all: readonly Sample[]): Caveat[] {
  if (contract.claim === 'no_worse') return [];
  const measured = all.filter((sample) => !sample.warmup);
  return checks.flatMap((check) => check(contract, { all, measured }) ?? []);
}

/** Returns the caveats that both sessions show, with the facts of the second session: one slow execution is not enough for a caveat. */
export const caveatsInBoth = (first: readonly Caveat[], second: readonly Caveat[]): Caveat[] =>
  second.filter(({ code }) => first.some((caveat) => caveat.code === code));
