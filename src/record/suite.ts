import { join } from 'node:path';
import * as z from 'zod/mini';
import { readArtifact } from '../artifact/artifact.ts';
import { comparisonsDir } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import type { SuiteExperiment } from '../experiment/suite.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { sealedContract } from './data.ts';
import { interval, isObject, nullableNumber, reason } from './judged-schema.ts';

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
});

/** The frontmatter of `suite.md`: what `compare` judged by a contract with many benchmarks. */
export const suiteRecord = z.object({
  suite: z.string(),
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
  /** The host of a fleet that measured; left out where it was this machine. */
  host: z.optional(z.string()),
  contract: sealedContract,
  contract_hash: z.string(),
  started_at: z.string(),
  finished_at: z.string(),
});

type Read = z.infer<typeof suiteRecord>;
/** The result of `compare` for a suite, before it has an id. */
export type SuiteComparison = Omit<Read, 'suite' | keyof SuiteExperiment> & SuiteExperiment;
export type SuiteRecord = SuiteComparison & Pick<Read, 'suite'>;

/** The file of a suite's record. */
export const suiteFile = (project: string, id: string): string => join(comparisonsDir(project), id, 'suite.md');

/** Reads the record of a suite. @throws artifact_unreadable */
export function readSuite(project: string, id: string): SuiteRecord {
  const file = suiteFile(project, id);
  const parsed = suiteRecord.safeParse(readArtifact(file).data);
  if (parsed.success) return parsed.data as SuiteRecord;
  const { path, message } = parsed.error.issues[0]!;
  throw failure('artifact_unreadable', { file, reason: `${path.join('.') || 'the whole'}: ${message}` });
}

/** Rejected: a benchmark regressed, failed, or does not gain what is claimed. Accepted: all are decided, and none of that. */
export function suiteVerdict({ broken, benchmarks }: Pick<SuiteExperiment, 'broken' | 'benchmarks'>): Read['verdict'] {
  const is = (...answers: string[]) => benchmarks.some(({ answer }) => answers.includes(answer));
  if (broken !== null || is('regressed', 'refused', 'failed')) return 'rejected';
  return is('undecided') ? 'inconclusive' : 'accepted';
}
