import * as z from 'zod';
import { readSamples, samplesFile } from '../artifact/samples.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { readUserText } from '../core/user-file.ts';
import { askedBy } from '../experiment/asked-by.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Setup } from '../experiment/setup.ts';
import { deciding } from '../experiment/verdict.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { type Sample, sampleSchema } from '../measure/sessions/sample.ts';
import type { Caution } from '../record/comparison.ts';
import { reasonLine } from '../report/reasons.ts';

const numbers = z.array(z.number()).min(1);

/** The file that `--save` writes. The schema checks only those fields of `rows` and `environment` that a comparison needs. */
const form = z.object({
  perf_gate_baseline: z.literal(1),
  /** ISO 8601. */
  saved_at: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  contract_hash: z.string(),
  /** The instrument. */
  method: z.string(),
  /** The name of the primary metric. `samples` holds the samples of this metric as a plain list, which `perf-gate judge` can read. */
  name: z.string(),
  unit: z.string(),
  samples: numbers,
  verdict: z.string(),
  reasons: z.array(z.string()),
  environment: z.custom<Environment>((v) => typeof v === 'object').nullable(),
  rows: z
    .array(z.custom<Sample>((v) => numbers.safeParse(Object.values((v as Sample | undefined)?.metrics ?? {})).success))
    .min(1),
});

/** The samples of one commit, saved for comparisons with later commits. */
export type Baseline = z.infer<typeof form>;

/**
 * A base that was measured earlier: a saved baseline, or the samples of another tool. Facts that the other tool does
 * not record are null.
 */
export type Base = Pick<Baseline, 'rows' | 'environment'> & {
  [Known in 'commit' | 'saved_at' | 'contract_hash' | 'method']: Baseline[Known] | null;
};

/** The head's samples in the form that the option `--save` writes. Null if an execution of the head failed. */
export function baselineOf(made: {
  setup: Setup;
  contract: Contract;
  commit: string;
  experiment: Experiment;
}): Baseline | null {
  const { setup, contract, commit, experiment } = made;
  const session = deciding(experiment.sessions);
  if (experiment.sessions.broken || !session) return null;
  const taken = readSamples(samplesFile(setup.samples, session.session), sampleSchema);
  const { name, unit } = contract.metrics.primary;
  return {
    perf_gate_baseline: 1,
    saved_at: setup.world.clock.now(),
    commit,
    contract_hash: hashContract(contract),
    method: session.method,
    name,
    unit,
    samples: session.candidate,
    verdict: experiment.verdict,
    reasons: experiment.reasons.map((r) => reasonLine(r, askedBy(contract))),
    environment: experiment.environment,
    rows: taken.filter((s) => s.arm === 'candidate' && !s.warmup),
  };
}

/**
 * Reads a file that the option `--save` wrote. Returns undefined for a file of another kind.
 * @throws baseline_unreadable: the file does not exist, or the baseline is damaged
 */
export function loadBaseline(file: string): Baseline | undefined {
  const value = parsed(readText(file));
  if (typeof value !== 'object' || value === null || !('perf_gate_baseline' in value)) return undefined;
  const read = form.safeParse(value);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw failure('baseline_unreadable', { file, reason: `${path.join('.') || 'the whole file'}: ${message}` });
}

function readText(file: string): string {
  try {
    return readUserText(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw failure('baseline_unreadable', { file, reason: code === 'ENOENT' ? 'there is no such file' : message });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Refuses a baseline that was measured with another contract or another instrument than the ones that will measure the head.
 * @throws baseline_of_other_contract, instrument_changed
 * @throws usage: the contract asks for a paired test
 */
export function mustFit(baseline: Base, contract: Contract, method: string): void {
  const now = hashContract(contract);
  const { contract_hash: saved, commit } = baseline;
  if (saved !== null && saved !== now)
    throw failure('baseline_of_other_contract', { commit: commit ?? '', saved, now });
  if (contract.significance.test === 'wilcoxon_signed_rank')
    throw failure('usage', {
      problem:
        'The contract asks for wilcoxon_signed_rank, which needs pairs. Executions that were not measured in turn form no pairs.',
      hint: 'Compare two commits (BASE HEAD), or set `significance: { test: auto }`.',
    });
  if (baseline.method !== null && baseline.method !== method)
    throw failure('instrument_changed', { before: baseline.method, now: method });
}

const facts = ['cpu_model', 'cores', 'kernel', 'governor', 'virtualised', 'node', 'platform'] as const;

type Differing = { fact: (typeof facts)[number]; before: unknown; now: unknown };

/** The facts about the machine that have changed since the baseline was saved. Empty if one of the two machines is unknown. */
export function machineDiffers(before: Environment | null, now: Environment | null): Differing[] {
  if (!before || !now) return [];
  return facts.flatMap((fact) => (before[fact] === now[fact] ? [] : [{ fact, before: before[fact], now: now[fact] }]));
}

/** The reasons why a comparison with this baseline is less reliable than a comparison of two commits. */
export function cautions(
  { saved_at, environment: before, rows }: Base,
  now: { environment: Environment | null; commitIsHere: boolean },
): Caution[] {
  const differing = machineDiffers(before, now.environment);
  return [
    saved_at === null
      ? { code: 'measured_elsewhere', runs: rows.length }
      : { code: 'measured_before', saved_at, runs: rows.length },
    ...(differing.length > 0 ? [{ code: 'machine_differs', facts: differing } as const] : []),
    ...(now.commitIsHere ? [] : [{ code: 'base_commit_missing' } as const]),
  ];
}
