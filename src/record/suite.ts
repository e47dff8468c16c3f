import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { readArtifact } from '../artifact/artifact.ts';
import { comparisonPaths } from '../artifact/paths.ts';
import { suitePart } from '../contract/suite-part.ts';
import { failure } from '../core/errors.ts';
import type { Unseen } from '../experiment/sees-change.ts';
import type { SuiteExperiment } from '../experiment/suite.ts';
import type { JudgedBenchmark } from '../experiment/suite-judge.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { sealedContract } from './data.ts';
import { interval, isObject, nullableNumber, reason } from './judged-schema.ts';
import { place } from './place.ts';

const benchmark = z.object({
  name: z.string(),
  unit: z.string(),
  lower_is_better: z.boolean(),
  claim: z.enum(['proven', 'no_worse']),
  threshold_pct: z.number(),
  answer: z.enum(['held', 'regressed', 'proven', 'refused', 'undecided', 'failed']),
  better: z.boolean(),
  failed: z.nullable(reason),
  baseline: nullableNumber,
  candidate: nullableNumber,
  improvement_pct: nullableNumber,
  ci95_pct: z.nullable(interval),
  p: z.nullable(z.object({ for: z.number(), against: z.number(), gain: z.number() })),
  pairs: z.number(),
  unseen: z.nullable(z.array(z.object({ path: z.string(), lines: z.array(z.number()) }))),
});

const partOfSuite = z.object({
  host: z.string(),
  class: z.string(),
  /** The names of the benchmarks in this part of the suite. */
  benchmarks: z.array(z.string()),
  executions: z.number(),
  method: z.string(),
  environment: z.nullable(z.custom<Environment>(isObject)),
});

/** The frontmatter of `suite.md`: the result of `compare` with a contract of many benchmarks. */
export const suiteRecord = z.object({
  suite: z.string(),
  nth: z.optional(z.number()),
  base: z.string(),
  head: z.string(),
  names: z.object({ base: z.string(), head: z.string() }),
  protected_from_base: z.array(z.string()),
  laid_over: z.array(z.string()),
  verdict: z.enum(['accepted', 'rejected', 'inconclusive']),
  broken: z.nullable(reason),
  benchmarks: z.array(benchmark),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  geometric_mean: z.nullable(
    z.object({ improvement_pct: z.number(), ci95_pct: z.nullable(z.tuple([z.number(), z.number()])) }),
  ),
  looks: z.array(z.object({ n: z.number(), share: z.number() })),
  alpha: z.number(),
  samples: z.record(z.string(), z.nullable(z.string())),
  executions: z.number(),
  method: z.string(),
  environment: z.nullable(z.custom<Environment>(isObject)),
  ...place,
  /** The part of the suite that was measured. Absent if the record covers the whole suite. */
  part: z.optional(suitePart),
  /** The parts of the suite that the hosts of a fleet measured. Absent if one machine measured all parts. */
  parts: z.optional(z.array(partOfSuite)),
  contract: sealedContract,
  contract_hash: z.string(),
  started_at: z.string(),
  finished_at: z.string(),
});

type Read = z.infer<typeof suiteRecord>;
/**
 * A benchmark of the suite, with its verdict. `unseen`: changed code that the benchmark does not run. Null if the benchmark runs a
 * changed line, or if the executed lines are unknown.
 */
export type RecordedBenchmark = JudgedBenchmark & { unseen: Unseen[] | null };
/** The result of `compare` for a suite, before it has an id. */
export type SuiteComparison = Omit<Read, 'suite' | 'nth' | keyof SuiteExperiment> &
  Omit<SuiteExperiment, 'benchmarks'> & { benchmarks: RecordedBenchmark[] };
export type SuiteRecord = SuiteComparison & Pick<Read, 'suite'>;

/** Whether the record of a comparison is that of a suite. */
export const isSuiteRecord = (project: string, id: string): boolean => existsSync(comparisonPaths(project, id).suite);

/** Reads the record of a suite: its data, and its text as Markdown. @throws artifact_unreadable */
export function readSuite(project: string, id: string): { data: SuiteRecord; body: string } {
  const { suite: file } = comparisonPaths(project, id);
  const { data, body } = readArtifact(file);
  const parsed = suiteRecord.safeParse(data);
  if (parsed.success) return { data: parsed.data as SuiteRecord, body };
  const { path, message } = parsed.error.issues[0]!;
  throw failure('artifact_unreadable', { file, reason: `${path.join('.') || 'the whole'}: ${message}` });
}

/**
 * Rejected: a benchmark regressed, failed, or is shown to miss the required gain. Accepted: all benchmarks are decided, and no benchmark is
 * a reason to reject. Inconclusive: all other cases, including a suite without benchmarks.
 */
export function suiteVerdict({ broken, benchmarks }: Pick<SuiteExperiment, 'broken' | 'benchmarks'>): Read['verdict'] {
  const is = (...answers: string[]) => benchmarks.some(({ answer }) => answers.includes(answer));
  if (broken !== null || is('regressed', 'refused', 'failed')) return 'rejected';
  return is('undecided') || benchmarks.length === 0 ? 'inconclusive' : 'accepted';
}
