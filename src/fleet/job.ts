import * as z from 'zod/mini';
import { suitePart } from '../contract/suite-part.ts';

/** How much one job may send, in MB: a database is no store of files. */
export const MOST_MB = 256;
/** Parts in which sources travel, in bytes. */
export const PART = 4 * 1024 ** 2;

const commit = z.string().check(z.regex(/^[0-9a-f]{40}$|^[0-9a-f]{64}$/));

/** Two commits and a contract on their way. */
export const journey = {
  base: commit,
  head: commit,
  /** As the user named them. */
  names: z.object({ base: z.string(), head: z.string() }),
  /** Commits that travel without their parents. */
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
  /** Who asks, for people: `user@machine`. */
  by: z.string(),
};

/** What a job asks for: a command over two commits and a contract. It comes out of a database, and is checked by the worker. */
export const fleetJob = z.object({
  what: z.enum(['compare', 'bisect']),
  ...journey,
  no_worse_than: z.nullable(z.number()),
  /** The repository that the worker fetches the commits from; null: they travel. */
  remote: z.nullable(z.string().check(z.minLength(1), z.maxLength(2000))),
  /** The part of a suite that is measured; left out for a whole one. */
  part: z.optional(suitePart),
});
export type FleetJob = z.infer<typeof fleetJob>;

/** What a worker sends back: the object that the command printed, its exit code, and the record that it left, if any. */
export type Answer = { exit_code: number; answer: string; record: string | null };

/** A record on its way: its data, and the text of each file of samples. */
export const sentRecord = z.object({
  kind: z.enum(['comparison', 'suite']),
  data: z.record(z.string(), z.unknown()),
  samples: z.record(z.string().check(z.regex(/^[\w-]{1,80}\.jsonl$/)), z.string()),
});
export type SentRecord = z.infer<typeof sentRecord>;
