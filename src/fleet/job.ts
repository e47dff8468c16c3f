import * as z from 'zod/mini';
import { suitePart } from '../contract/suite-part.ts';

/** The maximum size in MB of the data that one job may send. The data are stored in the database, which is not suited to large files. */
export const MOST_MB = 256;
/** The size in bytes of the parts in which the commits of a job are stored in the database. */
export const PART = 4 * 1024 ** 2;

const commit = z.string().check(z.regex(/^[0-9a-f]{40}$|^[0-9a-f]{64}$/));

/** The fields of every job: two commits and a contract. */
export const journey = {
  base: commit,
  head: commit,
  /** The commits as the user named them. */
  names: z.object({ base: z.string(), head: z.string() }),
  /** The commits whose parents are not sent with the job. */
  shallow: z.array(commit),
  /** The project's folder below the top of the repository: `''` or `packages/app/`. */
  prefix: z
    .string()
    .check(
      z.refine(
        (path) => path === '' || (path.endsWith('/') && !path.startsWith('/') && !path.split('/').includes('..')),
      ),
    ),
  /** The text of the contract. */
  contract: z.string().check(z.maxLength(1_000_000)),
  /** The user who asks: `user@machine`. */
  by: z.string(),
};

/** A job: a command with two commits and a contract. The worker checks the form of each job, because the job comes from a database. */
export const fleetJob = z.object({
  what: z.enum(['compare', 'bisect']),
  ...journey,
  no_worse_than: z.nullable(z.number()),
  /** The repository from which the worker fetches the commits. Null if the job carries the commits. */
  remote: z.nullable(z.string().check(z.minLength(1), z.maxLength(2000))),
  /** The part of a suite that this job measures, or undefined for the whole suite. */
  part: z.optional(suitePart),
});
export type FleetJob = z.infer<typeof fleetJob>;

/**
 * The answer of a worker: the object that the command printed, and the command's exit code. If the command wrote a record of the
 * measurement, the answer contains this record, too.
 */
export type Answer = { exit_code: number; answer: string; record: string | null };

/** The form in which a record is sent: the data of the record, and the text of each file of samples. */
export const sentRecord = z.object({
  kind: z.enum(['comparison', 'suite']),
  data: z.record(z.string(), z.unknown()),
  samples: z.record(z.string().check(z.regex(/^[\w-]{1,80}\.jsonl$/)), z.string()),
});
export type SentRecord = z.infer<typeof sentRecord>;
