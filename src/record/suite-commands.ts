import type { Contract } from '../contract/schema/contract.ts';
import { type CommandOfSuite, commandsOf } from '../experiment/suite.ts';
import type { MeasuredCommand } from '../experiment/suite-judge.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { contractInForce } from './comparison.ts';
import type { SuiteComparison } from './suite.ts';

type Recorded = Pick<SuiteComparison, 'contract' | 'part' | 'benchmarks' | 'added' | 'removed'>;
type Commands = { contract: Contract; commands: (CommandOfSuite & MeasuredCommand)[] };

/**
 * Restores the commands of a recorded suite as they were measured, and the contract for their judgement. A failed execution has no sample,
 * so the reason of its failure is read from the record.
 */
export function recordedCommands(record: Recorded, samplesOf: (id: string) => Sample[]): Commands {
  const contract = contractInForce({ of: 'commits', against: null, contract: record.contract });
  const commands = commandsOf(contract, record.part).map((command) => ({
    ...command,
    samples: samplesOf(command.id),
    broken: record.benchmarks.find(({ name }) => command.name === null || name === command.name)?.failed ?? null,
    onlyIn: onlyIn(record, command.name),
  }));
  return { contract, commands };
}

function onlyIn({ added, removed }: Recorded, benchmark: string | null): MeasuredCommand['onlyIn'] {
  if (benchmark === null) return null;
  return added.includes(benchmark) ? 'head' : removed.includes(benchmark) ? 'base' : null;
}
