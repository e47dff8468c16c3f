import * as z from 'zod/mini';
import { byName } from '../../core/by-name.ts';
import { type ComparisonRecord, comparisonRecord } from '../../record/comparison.ts';
import { isObject } from '../../record/judged-schema.ts';
import { type SuiteRecord, suiteRecord } from '../../record/suite.ts';
import type { Summary } from './summary.ts';

/** The version of a proof's file format. Raise the version when an older perf-gate would misread a newer file. */
export const PROOF_VERSION = 1;

/** The explanation at the beginning of every proof. */
export const READ_ME =
  'A proof of perf-gate. `perf-gate verify FILE` judges all samples again, anywhere; with --replay, in a clone of the repository, it measures both commits again. summary is derived from evidence. seal is the SHA-256 of all bytes before its line.';

/** The lines of the record as they were written, and the samples of each session by the session's name. */
const lines = z.array(z.string());
const samples = byName(lines);

/** The project's folder in its repository, such as `''` or `packages/app/`. It is never a folder outside of the repository. */
const folder = z.string().check(z.regex(/^(?:(?!\.{1,2}\/)[^/]+\/)*$/));

const ofRun = z.strictObject({ of: z.literal('run'), folder, journal: lines, samples });
const ofComparison = z.strictObject({
  of: z.literal('comparison'),
  folder,
  record: comparisonRecord as unknown as z.ZodMiniType<ComparisonRecord>,
  samples,
});
const ofSuite = z.strictObject({
  of: z.literal('suite'),
  folder,
  record: suiteRecord as unknown as z.ZodMiniType<SuiteRecord>,
  samples,
});
const ofTwo = z.discriminatedUnion('of', [ofComparison, ofSuite]);
export type RunPart = z.infer<typeof ofRun>;
export type ComparisonPart = z.infer<typeof ofComparison>;
export type SuitePart = z.infer<typeof ofSuite>;

export const proofForm = z.strictObject({
  perf_gate_proof: z.literal(PROOF_VERSION),
  read_me: z.literal(READ_ME),
  /** The id of the run, the comparison or the suite. */
  id: z.string(),
  /** `rules`: the newest version of the rules that was known to the perf-gate that wrote the proof. A contract states its own version. */
  made_by: z.strictObject({ perf_gate: z.string(), rules: z.number() }),
  summary: z.custom<Summary>(isObject),
  evidence: z.discriminatedUnion('of', [ofRun, ofComparison, ofSuite]),
  /** The comparison or suite on the other class of hosts. It had to confirm the verdict. */
  elsewhere: z.optional(ofTwo),
  /** Further measurements of the same commits by the same contract, on other machines or later. */
  replays: z.array(ofTwo),
  seal: z.string(),
});

/** The format of a proof: a run, a comparison or a suite in one file, with the evidence for its judgements. */
export type Proof = z.infer<typeof proofForm>;
