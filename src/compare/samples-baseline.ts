import type { Contract } from '../contract/schema/contract.ts';
import { failure, isFailure } from '../core/errors.ts';
import { areAlike, convert } from '../core/units.ts';
import { type SampleSet, samplesIn } from '../measure/formats/sample-sets.ts';
import { noFigures } from '../measure/instruments/figures.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import type { Base } from './saved-baseline.ts';

/** The fewest samples of the base for a significant result. With fewer samples, no number of executions of the head is enough. */
const least = 4;

/**
 * Makes the base of a comparison from the results of another benchmark tool. The base holds samples of the primary metric only, and their
 * time, machine and commit are unknown.
 * @throws baseline_unreadable: the file holds no samples, or too few
 * @throws usage: the contract needs more than the samples of one metric (such as a watchdog), or another unit
 */
export function baselineOfSamples(file: string, { metrics, guards }: Contract, key: string | undefined): Base {
  const { primary, watchdogs } = metrics;
  const { unit, values } = samplesOf(file, key);
  const lacking =
    watchdogs.length > 0
      ? `samples of the watchdog ${watchdogs[0]!.name}`
      : guards.same_output
        ? 'the output that `same_output` compares'
        : primary.source === 'undelayed_wall' || primary.source === 'tree_rss'
          ? `${primary.source}, which only perf-gate measures (other tools measure \`source: wall\` or \`max_rss\`)`
          : undefined;
  if (lacking !== undefined)
    throw failure('usage', {
      problem: `The contract also needs ${lacking}, but the results of another tool hold samples of one metric only: ${file}.`,
      hint: 'Remove this requirement from the contract, or compare two commits (BASE HEAD): then perf-gate measures both commits.',
    });
  if (unit !== '' && !areAlike(unit, primary.unit))
    throw failure('usage', {
      problem: `The samples of ${file} are in ${unit}, and the metric ${primary.name} is in ${primary.unit || 'no unit'}.`,
      hint: 'Choose samples of the same metric with --key, or correct the unit in the contract.',
    });
  const rows = values.map((value, i) => sampleOf(convert(value, unit || primary.unit, primary.unit), i, primary));
  return { commit: null, saved_at: null, contract_hash: null, method: null, environment: null, rows };
}

function samplesOf(file: string, key: string | undefined): SampleSet {
  const set = readSet(file, key);
  if (set.values.length >= least) return set;
  const reason = `it holds ${set.values.length} samples${set.name && ` of ${set.name}`}; at least ${least} are needed`;
  throw failure('baseline_unreadable', { file, reason });
}

function readSet(file: string, key: string | undefined): SampleSet {
  try {
    return samplesIn(file, key);
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw failure('baseline_unreadable', { file, reason: error.message.replace(/\.$/, ''), todo: error.hint });
  }
}

/** Makes a sample from a number of the other tool. The sample has the same form as a sample from one execution by perf-gate. */
function sampleOf(value: number, index: number, { name, unit, source }: Contract['metrics']['primary']): Sample {
  return {
    session: 'saved',
    index,
    pair: index + 1,
    arm: 'candidate',
    warmup: false,
    started_at: '',
    metrics: { [name]: value },
    exit_code: 0,
    ...noFigures,
    ...(source === 'wall' ? { wall_ms: convert(value, unit, 'ms') } : {}),
    shell_ms: null,
    output: null,
    load1: 0,
    method: 'plain',
    tree_method: null,
  };
}
