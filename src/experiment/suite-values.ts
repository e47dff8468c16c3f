import type { Contract } from '../contract/schema/contract.ts';
import type { ArmName } from '../measure/sessions/arm.ts';
import type { Sample } from '../measure/sessions/sample.ts';

/** A command of a suite with its samples. `name`: the command's only benchmark, or null if the command prints many benchmarks. */
export type CommandSamples = { name: string | null; contract: Contract; samples: Sample[] };

/**
 * The judged values of a benchmark, in the benchmark's unit: the values of both arms by pairs, up to the benchmark's last look. The values
 * are empty before the first look.
 */
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

/** The name of a benchmark's metric in the samples of a command. */
export const metricOf = ({ name, contract }: Pick<CommandSamples, 'name' | 'contract'>, benchmark: string): string =>
  name === null ? benchmark : contract.metrics.primary.name;

/** Returns the values of an arm in the first `pairs` pairs, in the order of the pairs. */
export const valuesIn = (samples: readonly Sample[], arm: ArmName, metric: string, pairs: number): number[] =>
  samples
    .filter((s) => s.arm === arm && !s.warmup && s.pair <= pairs)
    .sort((a, b) => a.pair - b.pair)
    .flatMap((s) => s.metrics[metric] ?? []);
