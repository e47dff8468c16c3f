import * as z from 'zod/mini';
import { snapshot } from './judged-schema.ts';

const told = z.array(z.string());
/** Where the branch stands after the effect. */
const tip = z.optional(z.string());

const byAttempt = (attempt: number) => `attempt-${attempt}`;
const byName = (name: string) => name;

/**
 * Every side effect that a journal records, with an intent line before and a done line after. `key` says which of its kind it is, so
 * that an effect which was done before a crash is not done again; `facts` is what it did. Facts named `tip` and `base` say where the
 * branch stands and what the next attempt is compared with; `told` holds sentences for the artifact.
 */
export const effects = {
  /** The run's branch is made and checked out. */
  branch: { key: () => 'start', facts: z.object({ tip: z.string() }) },
  /** A headless agent may propose the contract; keyed by a mark of this machine. */
  agent: { key: byName, facts: z.object({}) },
  /** A run from elsewhere is approved here; keyed by the mark of the approval. */
  approve: { key: byName, facts: z.object({ by: z.string() }) },
  /** Edits of other people become part of the base; keyed by the epoch. */
  'take-in': {
    key: (epoch: number) => String(epoch),
    facts: z.object({ before: z.object({ tree: z.string() }), base: snapshot }),
  },
  /** An actor's command runs; `answer` is null when it failed. */
  command: {
    key: (stage: string, epoch: number, n: number) => `${stage}-${epoch}-${n}`,
    facts: z.object({ answer: z.nullable(z.enum(['done', 'skipped'])) }),
  },
  /** Edits that were not handed in are kept under a ref. */
  keep: {
    key: byName,
    facts: z.object({
      ref: z.string(),
      tree: z.string(),
      commits: z.nullable(z.object({ found: z.string() })),
      /** What the edits are taken back to. */
      before: z.object({ tip: z.string(), tree: z.string() }),
    }),
  },
  /** Such edits are taken out of the work tree. */
  'take-back': { key: byName, facts: z.object({ tip, told }) },
  /** The open attempt is committed; `commit` is null where it changed untracked files only. */
  commit: { key: byAttempt, facts: z.object({ commit: z.nullable(z.string()), tip, base: snapshot, told }) },
  /** The open attempt is taken back. */
  revert: {
    key: byAttempt,
    facts: z.object({
      tip,
      restored: z.array(z.string()),
      removed: z.array(z.string()),
      left: z.array(z.string()),
      told,
    }),
  },
  /** An accepted change is taken back by an inverse commit. */
  undo: {
    key: byAttempt,
    facts: z.object({
      commit: z.string(),
      tip: z.string(),
      base: snapshot,
      restored: z.array(z.string()),
      removed: z.array(z.string()),
      left: z.array(z.string()),
    }),
  },
  /** What a crash left is mended. `gave_up`: an effect that was begun and can no longer be completed. */
  recover: {
    key: byName,
    facts: z.object({ told, gave_up: z.optional(z.object({ effect: z.string(), key: z.string() })) }),
  },
  /** The run is aborted; keyed by the reason. */
  abort: { key: byName, facts: told },
  /** What follows the end of a run: its early report (SHA-256 of both files) and the way back to the branch. */
  leave: {
    key: () => 'end',
    facts: z.object({
      report: z.nullable(z.object({ report_hash: z.nullable(z.string()), html_hash: z.nullable(z.string()) })),
      told,
    }),
  },
  /** HEAD and index go back to where they were before the run. */
  restore: { key: () => 'head', facts: z.object({ index: z.boolean(), back: z.boolean() }) },
  /** The story is committed; keyed by the tip that it was put on. */
  finish: { key: byName, facts: z.object({ commit: z.string(), left: z.array(z.string()), tip: z.string() }) },
  /** Every accepted change gets a branch of its own. */
  split: {
    key: (n: number) => `time-${n}`,
    facts: z.object({
      made: z.array(z.object({ branch: z.string(), commit: z.string() })),
      overlapping: z.array(z.string()),
    }),
  },
};

export type EffectName = keyof typeof effects;
export type FactsOf<Name extends EffectName> = z.infer<(typeof effects)[Name]['facts']>;

export const isEffect = (name: string): name is EffectName => Object.hasOwn(effects, name);

/** Facts of the effects that were done, by `effect key`, in the order in which they were done. */
export type DoneEffects = Record<string, unknown>;

/** The facts of one effect, if it was done. */
export function doneFacts<Name extends EffectName>(
  { done }: { done: DoneEffects },
  name: Name,
  key: string,
): FactsOf<Name> | undefined {
  return done[`${name} ${key}`] as FactsOf<Name> | undefined;
}

/** The facts of every effect of a kind, in the order in which they were done. */
export function allDone<Name extends EffectName>({ done }: { done: DoneEffects }, name: Name): FactsOf<Name>[] {
  return Object.entries(done).flatMap(([key, facts]) => (key.startsWith(`${name} `) ? [facts as FactsOf<Name>] : []));
}
