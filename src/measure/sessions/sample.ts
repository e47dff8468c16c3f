import * as z from 'zod/mini';
import { byName } from '../../core/by-name.ts';
import { figures } from '../instruments/figures.ts';
import { methodNames, treeMethods } from '../instruments/instrument.ts';
import type { ArmName } from './arm.ts';

const nullableNumber = z.nullable(z.number());

/** One execution, as a line of `samples/*.jsonl`. Times in ms, memory in KB. A figure is null if the method cannot measure it. */
export const sampleSchema = z.object({
  /** Id of the session. */
  session: z.string(),
  /** The number of the sample's step in the session, from 0. A continued session keeps these numbers. */
  index: z.number(),
  /** Number of the pair, from 1; 0 for a warm-up. */
  pair: z.number(),
  arm: z.enum(['base', 'candidate']),
  /** Warm-ups are recorded but never judged. */
  warmup: z.boolean(),
  started_at: z.string(),
  /** The measured number of each metric, in the unit of the metric, by the metric's name. */
  metrics: byName(z.number()),
  exit_code: z.number(),
  ...figures,
  /**
   * The time in ms that the shell itself takes. It is already subtracted from wall, CPU and main-thread time. Null if no shell started the
   * script.
   */
  shell_ms: z.nullable(
    z.object({
      wall: z.number(),
      user: nullableNumber,
      sys: nullableNumber,
      main_run: z._default(nullableNumber, null),
    }),
  ),
  /** The digest that `same_output` compares. Null if the contract does not compare outputs. */
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
  /** The method that measured the memory of the process tree. Null if no metric needed this memory. */
  tree_method: z._default(z.nullable(z.enum(treeMethods)), null),
});
export type Sample = z.infer<typeof sampleSchema>;

/** The samples of one pair: one execution of each arm. */
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
