import * as z from 'zod/mini';
import { readArtifact } from '../artifact/artifact.ts';
import { comparisonPaths } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import type { Judged } from '../experiment/judged.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { sealedContract } from './data.ts';
import { apart, caveats, isObject, primary, reason, sessions, verdict, watchdog } from './judged-schema.ts';
import { place } from './place.ts';

/** A reason why a comparison with a saved baseline is less reliable. */
const caution = z.discriminatedUnion('code', [
  /** The base was measured before this comparison, so the executions of base and head did not alternate. */
  z.object({ code: z.literal('measured_before'), saved_at: z.string(), runs: z.number() }),
  /** The base's samples come from another tool. Their time and their machine are unknown. */
  z.object({ code: z.literal('measured_elsewhere'), runs: z.number() }),
  /** Facts about the machine that differ between the base's measurement and the head's. */
  z.object({
    code: z.literal('machine_differs'),
    facts: z.array(z.object({ fact: z.string(), before: z.unknown(), now: z.unknown() })),
  }),
  /** Untracked files that the contract protects: both arms were measured with the work tree's versions. */
  z.object({ code: z.literal('laid_over'), paths: z.array(z.string()) }),
  /** Differences between the head's copy and a fresh clone of the commit. */
  z.object({ code: z.literal('not_in_a_clone'), ...apart.shape }),
  /** Changed code that the benchmark does not run, so that the benchmark cannot measure the change. */
  z.object({ code: z.literal('unseen'), files: z.array(z.object({ path: z.string(), lines: z.array(z.number()) })) }),
  /** The base's commit is not in this repository, so its protected files cannot be restored in the head. */
  z.object({ code: z.literal('base_commit_missing') }),
]);
export type Caution = z.infer<typeof caution>;

/** The frontmatter of `comparison.md`. Numbers in the record are rounded. The samples are exact. */
export const comparisonRecord = z.object({
  /** The id of the comparison: the name of its folder. */
  comparison: z.string(),
  /** The number of the comparison among the project's comparisons. Absent in records of older versions. */
  nth: z.optional(z.number()),
  of: z.enum(['commits', 'commands']),
  /** Commit ids, or commands. If the base's samples come from another tool, `base` is the file of these samples. */
  base: z.string(),
  head: z.string(),
  /** The names that the user gave for base and head. */
  names: z.object({ base: z.string(), head: z.string() }),
  /** The file of the saved baseline that the head was compared with. Null if the base was measured. */
  against: z.nullable(z.string()),
  /** Protected files that differ between base and head. Both arms were measured with the base's versions. */
  protected_from_base: z.array(z.string()),
  verdict,
  reasons: z.array(reason),
  primary: z.nullable(primary),
  watchdogs: z.array(watchdog),
  sessions: z.object(sessions),
  told: caveats,
  cautions: z.array(caution),
  /** The contract as it was given. `contractInForce` returns the contract as it was applied. */
  contract: sealedContract,
  /** The hash of the contract. The same contract has the same hash in a run and in a saved baseline. */
  contract_hash: z.string(),
  /** The machine's environment during the deciding session. Null if no session was completed. */
  environment: z.nullable(z.custom<Environment>(isObject)),
  ...place,
  /** ISO 8601, UTC. */
  started_at: z.string(),
  finished_at: z.string(),
});

/** The result of `compare`, before it has an id. */
export type Comparison = Omit<z.infer<typeof comparisonRecord>, 'comparison' | 'nth' | keyof Judged> & Judged;
export type ComparisonRecord = Comparison & Pick<z.infer<typeof comparisonRecord>, 'comparison' | 'nth'>;

/**
 * The contract that `compare` applies. Commits are measured in clean work trees. If the base is a saved baseline, the order is
 * `sequential`, because the base was measured before the head.
 */
export function contractInForce({
  of,
  against,
  contract,
}: Pick<Comparison, 'of' | 'against' | 'contract'>): Comparison['contract'] {
  if (of === 'commands') return { ...contract, isolation: 'in_place' };
  return { ...contract, isolation: 'worktree', order: against === null ? 'interleaved' : 'sequential' };
}

/**
 * Reads the record of a comparison: its data, and its text as Markdown.
 * @throws artifact_unreadable
 */
export function readComparison(project: string, id: string): { data: ComparisonRecord; body: string } {
  const { file } = comparisonPaths(project, id);
  const { data, body } = readArtifact(file);
  const parsed = comparisonRecord.safeParse(data);
  if (parsed.success) return { data: parsed.data as ComparisonRecord, body };
  const { path, message } = parsed.error.issues[0]!;
  throw failure('artifact_unreadable', { file, reason: `${path.join('.') || 'the whole'}: ${message}` });
}
