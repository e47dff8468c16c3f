import * as z from 'zod/mini';
import type { EndedElsewhere } from '../experiment/elsewhere.ts';
import type { Reason } from '../experiment/judged.ts';
import { methodNames } from '../measure/instruments/instrument.ts';
import { caveats, isObject, reason, room, warning } from '../record/judged-schema.ts';
import { journey } from './job.ts';

const name = z.string().check(z.regex(/^[\w.-]{1,200}$/));

/**
 * A job that asks for one session of a run. Base and head are the commits of the session's arms. `key` identifies the run among the runs of
 * all clients.
 */
export const sessionJob = z.object({
  what: z.literal('session'),
  ...journey,
  run: name,
  key: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  attempt: z.int().check(z.minimum(0)),
  kind: z.enum(['baseline', 'screen', 'confirmation', 'total']),
  plan: z.object({
    id: name,
    label: z.string().check(z.maxLength(200)),
    looks: z.array(z.object({ n: z.int().check(z.minimum(1)), alpha: z.number() })).check(z.minLength(1)),
    test: z.enum(['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma']),
    decides: z.boolean(),
  }),
});
export type SessionJob = z.infer<typeof sessionJob>;

const ofCandidate = z.intersection(reason, z.object({ arm: z.literal('candidate') }));
const ofBase = z.object({
  arm: z.literal('base'),
  code: z.string(),
  text: z.string(),
  failed: z.optional(z.object({ reason: z.string(), output: z.string() })),
});

const ended = z.object({
  method: z.enum(methodNames),
  samples_hash: z.nullable(z.string()),
  broken: z.nullable(z.union([ofBase, ofCandidate])),
  environment: z.nullable(z.custom(isObject)),
  warnings: z.array(warning),
  room: z.optional(room),
  checked: z.object({ broken: z.nullable(ofCandidate), warnings: z.array(warning) }),
  told: caveats,
}) as unknown as z.ZodMiniType<EndedElsewhere, unknown>;

/** The answer of a worker to a session, without its samples. */
export const sessionAnswer = z.union([
  z.object({ unready: reason as unknown as z.ZodMiniType<Reason, unknown> }),
  z.object({ ended }),
]);
export type SessionAnswer = z.infer<typeof sessionAnswer>;
