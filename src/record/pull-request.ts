import * as z from 'zod/mini';
import { cut } from '../core/text.ts';
import { interval, nullableNumber } from './judged-schema.ts';

/**
 * This file defines the form of the files that one job of a pull request writes after it measured, and that another job reads to comment.
 * The files can come from a fork, so they are read only through the schemas below, and unknown fields are dropped.
 */
const commit = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const words = z.string().check(z.maxLength(2000));
const figures = {
  unit: words,
  baseline: nullableNumber,
  candidate: nullableNumber,
  improvement_pct: nullableNumber,
  ci95_pct: z.nullable(interval),
};

/** Benchmarks that only one commit has. */
const names = z._default(z.array(words).check(z.maxLength(1000)), []);

/** `pull-request.json`: the pull request that was measured, and its commit. */
export const claimedPull = z.object({
  number: z.int().check(z.minimum(1), z.maximum(2 ** 31)),
  head_sha: commit,
});

/** Lists and texts that are too long are shortened and not refused, because a change of many files has many long warnings. */
const warnings = z.pipe(
  z.array(z.string()),
  z.transform((all) => all.slice(0, 20).map((one) => cut(one, 2000))),
);

const single = z.object({
  verdict: z.enum(['accepted', 'rejected', 'inconclusive', 'held', 'regressed', 'undecided']),
  base: commit,
  head: commit,
  reasons: z.array(words).check(z.maxLength(50)),
  warnings: z.optional(warnings),
  primary: z.nullable(z.object({ name: words, ...figures })),
});

const suite = z.object({
  verdict: z.enum(['accepted', 'rejected', 'inconclusive']),
  base: commit,
  head: commit,
  benchmarks: z
    .array(
      z.object({
        name: words,
        answer: z.enum(['held', 'regressed', 'proven', 'refused', 'undecided', 'failed']),
        better: z.boolean(),
        lower_is_better: z.boolean(),
        pairs: z.int().check(z.minimum(0)),
        unseen: z.optional(z.nullable(z.array(z.unknown()))),
        ...figures,
      }),
    )
    .check(z.maxLength(1000)),
  added: names,
  removed: names,
});

/** `result.json`: the fields that the comment needs from `compare --json` for two commits. */
export const pullResult = z.union([suite, single]);

export type ClaimedPull = z.infer<typeof claimedPull>;
export type PullResult = z.infer<typeof pullResult>;
export type PullSuite = z.infer<typeof suite>;
