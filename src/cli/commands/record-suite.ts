import { redactor } from '../../artifact/redact.ts';
import type { ComparedSuite } from '../../compare/suite.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { readSecrets } from '../../contract/secrets.ts';
import { aloneOf } from '../../contract/suite.ts';
import { listed } from '../../core/text.ts';
import { commitFacts } from '../../git/history.ts';
import { measuredBy } from '../../monitor/analytics/measured-by.ts';
import { stemOf, suiteSeries } from '../../monitor/analytics/suite-series.ts';
import { commandName } from '../../monitor/sources/command-name.ts';
import type { BenchPoint } from '../../monitor/store/bench.ts';
import { figuresOf, keep, machineOf, nothing, type Recorder } from './record.ts';

/**
 * Records both arms of every benchmark of a suite, in a series for each benchmark. Leaves out failed benchmarks and prints their names.
 * `file`: the contract, relative to the project.
 * @returns whether anything was kept
 */
export async function recordSuite(
  { comparison, values }: ComparedSuite,
  file: string,
  { repo, project, tools }: Recorder,
): Promise<boolean> {
  const { contract, environment, broken, method, benchmarks } = comparison;
  const ended = benchmarks.filter(({ failed, pairs }) => failed === null && pairs > 0);
  if (broken || !environment || !repo || ended.length === 0) return nothing(tools);
  const redact = redactor(readSecrets(repo.project, contract.secrets_file), tools.env);
  const [base, head] = [await commitFacts(repo, comparison.base), await commitFacts(repo, comparison.head)];
  const laid = comparison.laid_over.length > 0;
  const arms = [
    { arm: 'base' as const, of: 'base' as const, commit: base, dirty: laid },
    {
      arm: 'head' as const,
      of: 'candidate' as const,
      commit: head,
      dirty: laid || comparison.protected_from_base.length > 0,
    },
  ];
  const points = ended.flatMap(({ name, unit, lower_is_better }): BenchPoint[] => {
    const own = aloneOf(contract as Contract, name)!;
    const series = {
      name: suiteSeries(file, shownName(own, redact(name))),
      ...{ metric: redact(own.metrics.primary.name), unit, lower_is_better, project },
      contract: measuredBy(own, redact),
      machine: machineOf(environment),
      instrument: method,
    };
    const measured = values.find((one) => one.name === name)!;
    return arms.map(({ of, ...arm }) => ({
      ...{ ...series, ...arm, file },
      t: Date.parse(comparison.finished_at),
      ...figuresOf(measured[of]),
    }));
  });
  const failed = benchmarks.filter((one) => !ended.includes(one)).map(({ name }) => name);
  if (failed.length > 0) tools.say(`Benchmarks not recorded, because a run failed: ${listed(failed, 5)}.`);
  await keep(points, tools, `${stemOf(file)}/`);
  return true;
}

/**
 * The name of a benchmark. For a file of hyperfine, only the name of the program. hyperfine names a benchmark by its whole command line,
 * and an argument can hold a secret.
 */
function shownName({ metrics }: Contract, name: string): string {
  const { source } = metrics.primary;
  return typeof source === 'object' && 'format' in source && source.format === 'hyperfine' ? commandName(name) : name;
}
