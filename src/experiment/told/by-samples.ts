import type { Contract } from '../../contract/schema/contract.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import { selfReportedAlone } from './self-reported.ts';
import type { Told } from './told.ts';
import { warmUpHeavier } from './warm-up.ts';

type Teller = (contract: Contract, samples: { all: readonly Sample[]; measured: readonly Sample[] }) => Told | null;

/** What the executions of a session that passed tell, besides whether it passed. */
const tellers: readonly Teller[] = [
  (contract, { measured }) => selfReportedAlone(contract, measured),
  (contract, { all }) => warmUpHeavier(contract, all),
];

export function toldBySamples(contract: Contract, all: readonly Sample[]): Told[] {
  if (contract.claim === 'no_worse') return [];
  const measured = all.filter((sample) => !sample.warmup);
  return tellers.flatMap((tell) => tell(contract, { all, measured }) ?? []);
}

/** What both sessions tell, as the second tells it: one slow execution is no sign. */
export const toldByBoth = (first: readonly Told[], second: readonly Told[]): Told[] =>
  second.filter(({ code }) => first.some((told) => told.code === code));
