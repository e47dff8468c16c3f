import type { Contract } from '../contract/schema/contract.ts';
import type { ArmName } from '../measure/sessions/arm.ts';
import type { Sample } from '../measure/sessions/sample.ts';

/** A command of a suite with what it gave. `name`: of its only benchmark; null where it prints many. */
export type CommandSamples = { name: string | null; contract: Contract; samples: Sample[] };

/** What a benchmark was judged by: the values of both arms up to its last look, in its unit, by pairs. Empty without a look. */
export type BenchmarkValues = { name: string; base: number[]; candidate: number[] };

export function suiteValues(
  commands: readonly CommandSamples[],
  benchmarks: readonly { name: string; pairs: number }[],
): BenchmarkValues[] {
  return benchmarks.flatMap(({ name, pairs }) => {
    const command = commands.find((one) => one.name === null || one.name === name);
    if (!command) return [];
    const of = (arm: ArmName) => valuesIn(command.samples, arm, metricOf(command, name), pairs);
    return [{ name, base: of('base'), candidate: of('candidate') }];
  });
}

/** Under which name the samples of a command hold the values of a benchmark. */
export const metricOf = ({ name, contract }: Pick<CommandSamples, 'name' | 'contract'>, benchmark: string): string =>
  name === null ? benchmark : contract.metrics.primary.name;

/** The values of an arm in the first `pairs` pairs, in their order. */
export const valuesIn = (samples: readonly Sample[], arm: ArmName, metric: string, pairs: number): number[] =>
  samples
    .filter((s) => s.arm === arm && !s.warmup && s.pair <= pairs)
    .sort((a, b) => a.pair - b.pair)
    .flatMap((s) => s.metrics[metric] ?? []);
