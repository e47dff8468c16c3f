import { failure } from '../core/errors.ts';
import { listed, oneLine, quoted } from '../core/text.ts';
import { isEvery } from '../measure/sources/file.ts';
import type { Contract } from './schema/contract.ts';

/** A benchmark of a suite, with the contract that would judge this benchmark alone. */
export type Benchmark = { name: string; contract: Contract };

/** Whether a single command prints the samples of all benchmarks of the suite. */
export function printsMany({ metrics }: Pick<Contract, 'metrics'>): boolean {
  return isEvery(metrics.primary.source);
}

/** Whether a contract is a suite of benchmarks. */
export const isSuite = (contract: Pick<Contract, 'metrics' | 'benchmarks'>): boolean =>
  contract.benchmarks !== undefined || printsMany(contract);

/** The benchmarks that the contract lists, each with missing fields filled in from the contract. */
export function benchmarksOf({ benchmarks = [], ...shared }: Contract): Benchmark[] {
  return benchmarks.map(({ name, repro, metrics, claim = shared.claim, threshold }) => {
    const { no_worse_pct, ...gain } = shared.threshold;
    const margin = claim === 'no_worse' && no_worse_pct !== undefined ? { no_worse_pct } : {};
    return {
      name,
      contract: {
        ...shared,
        repro: { ...shared.repro, ...repro },
        metrics: metrics ?? shared.metrics,
        claim,
        threshold: threshold ? { ...margin, ...threshold } : { ...gain, ...margin },
      },
    };
  });
}

/** The contract that measures one benchmark of a suite alone. Undefined if the suite does not list the benchmark. */
export function aloneOf(contract: Contract, name: string): Contract | undefined {
  const { primary } = contract.metrics;
  if (!isEvery(primary.source)) return benchmarksOf(contract).find((one) => one.name === name)?.contract;
  const source = { ...primary.source, key: name };
  return { ...contract, metrics: { ...contract.metrics, primary: { ...primary, source } } };
}

/**
 * The contract for one benchmark of a suite alone. If a single command prints the samples of all benchmarks, perf-gate notices a wrong name
 * only when the benchmark is measured.
 * @throws usage: the contract is no suite, or lists no such benchmark
 */
export function benchmarkNamed(contract: Contract, name: string, file: string): Contract {
  const { primary } = contract.metrics;
  if (isEvery(primary.source))
    return {
      ...contract,
      metrics: { ...contract.metrics, primary: { ...primary, source: { ...primary.source, key: name } } },
    };
  const all = benchmarksOf(contract);
  const found = all.find((benchmark) => benchmark.name === name);
  if (found) return found.contract;
  throw failure('usage', {
    problem: `The contract in ${file} has no benchmark ${quoted(name)}.`,
    hint:
      all.length > 0
        ? `It has ${listed(
            all.map((one) => oneLine(one.name)),
            10,
          )}.`
        : 'The contract is not a suite: leave --benchmark out.',
  });
}

/**
 * Refuses a suite, because a run improves only one metric.
 * @throws contract_is_suite
 */
export function mustAskOne(contract: Contract, file: string): Contract {
  if (isSuite(contract)) throw failure('contract_is_suite', { file });
  return contract;
}

/**
 * Adds the script that the contract of a suite can leave out. If `repro` has neither `script` nor `load`, the script of the first benchmark
 * becomes `repro.script`.
 */
export function withScript(data: unknown): unknown {
  if (!isObject(data) || !Array.isArray(data.benchmarks)) return data;
  const repro = data.repro ?? {};
  if (!isObject(repro) || repro.script !== undefined || repro.load !== undefined) return data;
  const first: unknown = data.benchmarks[0];
  const own = isObject(first) && isObject(first.repro) ? first.repro.script : undefined;
  return own === undefined ? data : { ...data, repro: { script: own, ...repro } };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
