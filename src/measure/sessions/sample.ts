import * as z from 'zod/mini';
import { byName } from '../../core/by-name.ts';
import { figures } from '../instruments/figures.ts';
import { methodNames, treeMethods } from '../instruments/instrument.ts';
import type { ArmName } from './arm.ts';

const nullableNumber = z.nullable(z.number());

/** One execution, as a line of `samples/*.jsonl` holds it. Times in ms, memory in KB; null where the method cannot see it. */
export const sampleSchema = z.object({
  /** Id of the session. */
  session: z.string(),
  /** Position among the session's steps, from 0; an interruption does not change it. */
  index: z.number(),
  /** Number of the pair, from 1; 0 for a warm-up. */
  pair: z.number(),
  arm: z.enum(['base', 'candidate']),
  /** Warm-ups are recorded but never judged. */
  warmup: z.boolean(),
  started_at: z.string(),
  /** Values by metric name, each in the unit of its metric. */
  metrics: byName(z.number()),
  exit_code: z.number(),
  ...figures,
  /** Subtracted from wall, CPU and main thread's time because a shell started the script; null where no shell did. */
  shell_ms: z.nullable(
    z.object({
      wall: z.number(),
      user: nullableNumber,
      sys: nullableNumber,
      main_run: z._default(nullableNumber, null),
    }),
  ),
  /** What `same_output` compares; null where the contract has none. */
  output: z.nullable(
    z.object({
      digest: z.string(),
      preview: z.string(),
      difference: z.optional(z.object({ from: z.string(), at: z.number(), expected: z.string(), found: z.string() })),
    }),
  ),
  /** Load average over one minute, when the execution started. */
  load1: z.number(),
  method: z.enum(methodNames),
  /** How the memory of the process tree was measured; null where no metric asked for it. */
  tree_method: z._default(z.nullable(z.enum(treeMethods)), null),
});
export type Sample = z.infer<typeof sampleSchema>;

/** One execution of each arm. */
export type Pair = { pair: number; base: Sample; candidate: Sample };

/** The complete pairs among samples, in order, without warm-ups. */
export function pairUp(samples: readonly Sample[]): Pair[] {
  const of = (arm: ArmName) => samples.filter((sample) => sample.arm === arm && !sample.warmup);
  const candidates = new Map(of('candidate').map((sample) => [sample.pair, sample]));
  return of('base')
    .flatMap((base) => {
      const candidate = candidates.get(base.pair);
      return candidate ? [{ pair: base.pair, base, candidate }] : [];
    })
    .sort((a, b) => a.pair - b.pair);
}
