import { samplesIn } from '../artifact/samples.ts';
import { judgeCommands } from '../experiment/suite-judge.ts';
import { sampleSchema } from '../measure/sessions/sample.ts';
import { type SuiteComparison, suiteVerdict } from './suite.ts';
import { recordedCommands } from './suite-commands.ts';

/** The part of a suite that one host measured. `samples`: the text of each file, by its name. */
export type PartOfSuite = { comparison: SuiteComparison; samples: Readonly<Record<string, string>> };

/**
 * Judges the parts of a suite as one suite, from their samples. If any host could not prepare the candidate, the candidate is not judged at
 * all.
 * @throws samples_damaged
 */
export function joinedSuite(parts: readonly [PartOfSuite, ...PartOfSuite[]]): SuiteComparison {
  const comparisons = parts.map(({ comparison }) => comparison);
  const { part: _, ...first } = (comparisons.find(isUnprepared) ?? comparisons[0])!;
  const measured = {
    broken: comparisons.find(({ broken }) => broken !== null)?.broken ?? null,
    started_at: comparisons.map((one) => one.started_at).sort()[0]!,
    finished_at: comparisons
      .map((one) => one.finished_at)
      .sort()
      .at(-1)!,
    host: [...new Set(comparisons.map(({ host }) => host))].join(', '),
    parts: comparisons.map(({ host = '', class: name = '', benchmarks, executions, method, environment }) => ({
      ...{ host, class: name, benchmarks: benchmarks.map((one) => one.name) },
      ...{ executions, method, environment },
    })),
  };
  if (isUnprepared(first)) return { ...first, ...measured };
  const all = comparisons.flatMap(({ benchmarks }) => benchmarks);
  const whole = {
    ...{ ...first, ...measured, benchmarks: all },
    added: comparisons.flatMap(({ added }) => added),
    removed: comparisons.flatMap(({ removed }) => removed),
  };
  const texts: Record<string, string> = Object.assign({}, ...parts.map(({ samples }) => samples));
  const { contract, commands } = recordedCommands(whole, (id) =>
    samplesIn((texts[`${id}.jsonl`] ?? '').split('\n').slice(0, -1), `samples/${id}.jsonl`, sampleSchema),
  );
  const judged = judgeCommands(contract, commands);
  const unseen = new Map(all.map((one) => [one.name, one.unseen]));
  const benchmarks = judged.benchmarks.map((one) => ({ ...one, unseen: unseen.get(one.name) ?? null }));
  return {
    ...{ ...whole, ...judged, benchmarks },
    samples: Object.assign({}, ...comparisons.map(({ samples }) => samples)),
    executions: comparisons.reduce((sum, { executions }) => sum + executions, 0),
    verdict: suiteVerdict({ broken: measured.broken, benchmarks }),
  };
}

const isUnprepared = ({ broken, benchmarks }: Pick<SuiteComparison, 'broken' | 'benchmarks'>) =>
  broken !== null && benchmarks.length === 0;
