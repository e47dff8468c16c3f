import type { Contract } from '../../../contract/schema/contract.ts';
import { isSuite } from '../../../contract/suite.ts';
import { partText, type SuitePart } from '../../../contract/suite-part.ts';
import { failure } from '../../../core/errors.ts';
import { count } from '../../../core/text.ts';
import { commandsOf } from '../../../experiment/suite.ts';

/**
 * Refuses `--part` if the part would hold no benchmark, or if perf-gate cannot divide the contract into parts.
 * @throws usage: the contract is no suite, the part holds no benchmark, or the comparison runs on a fleet, which itself divides the suite
 */
export function mustHold(part: SuitePart, contract: Contract, on: string | undefined): void {
  const given = `--part ${partText(part)}`;
  const refused = (problem: string, hint: string) => failure('usage', { problem, hint });
  if (on !== undefined)
    throw refused(`${given} works only on this machine: a fleet divides the suite itself.`, 'Leave out --part.');
  if (!isSuite(contract))
    throw refused(`${given} needs a suite, but the contract has only one benchmark.`, 'Leave out --part.');
  if (commandsOf(contract, part).length > 0) return;
  const parts = count(commandsOf(contract).length, 'part');
  throw refused(
    `${given} holds no benchmark.`,
    `Each part needs at least one command, so this suite can be divided into at most ${parts}.`,
  );
}
