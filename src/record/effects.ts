import * as z from 'zod/mini';
import { snapshot } from './judged-schema.ts';

const told = z.array(z.string());
/** The tip of the branch after the effect. */
const tip = z.optional(z.string());

const byAttempt = (attempt: number) => `attempt-${attempt}`;
const byName = (name: string) => name;

/**
 * Every side effect of a run. The journal records each with an intent line before it and a done line after it. `key` distinguishes effects
 * of one kind, so that an effect which was done before a crash is not repeated. `facts` says what the effect did: `tip` is the new tip of
 * the branch, `base` the snapshot that the next attempt is compared with, and `told` holds sentences for the artifact.
 */
export const effects = {
  /** Makes the run's branch and checks it out. */
  branch: { key: () => 'start', facts: z.object({ tip: z.string() }) },
  /** Allows a headless agent to propose the contract; keyed by a mark of this machine. */
  agent: { key: byName, facts: z.object({}) },
  /** Approves a run from another machine on this one; keyed by the mark of the approval. */
  approve: { key: byName, facts: z.object({ by: z.string() }) },
  /** Makes edits of other people part of the base; keyed by the epoch, or by the command that had ended before the edits. */
  'take-in': {
    key: byName,
    facts: z.object({ before: z.object({ tree: z.string() }), base: snapshot }),
  },
  /** Runs an actor's command; `answer` is null if the command failed. */
  command: {
    key: (stage: string, epoch: number, n: number) => `${stage}-${epoch}-${n}`,
    facts: z.object({ answer: z.nullable(z.enum(['done', 'skipped'])) }),
  },
  /** Keeps edits that were not submitted, under a ref. */
  keep: {
    key: byName,
    facts: z.object({
      ref: z.string(),
      tree: z.string(),
      commits: z.nullable(z.object({ found: z.string() })),
      /** Paths that a person edited after the command had ended; they are not reverted. */
      stay: z._default(z.array(z.string()), []),
      /** The state before the edits. */
      before: z.object({ tip: z.string(), tree: z.string() }),
    }),
  },
  /** Reverts the kept edits in the work tree. */
  'take-back': { key: byName, facts: z.object({ tip, told }) },
  /** Commits the open attempt; `commit` is null if the attempt changed untracked files only. */
  commit: { key: byAttempt, facts: z.object({ commit: z.nullable(z.string()), tip, base: snapshot, told }) },
  /** Reverts the open attempt. */
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
  /** Reverts an accepted change with an inverse commit. */
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
  /**
   * Repairs the state after a crash. `gave_up`: an effect that was begun and can no longer be completed. `attempt`: the attempt that was
   * open when perf-gate was killed.
   */
  recover: {
    key: byName,
    facts: z.object({
      told,
      gave_up: z.optional(z.object({ effect: z.string(), key: z.string() })),
      attempt: z.optional(z.number()),
    }),
  },
  /** Aborts the run; keyed by the reason. */
  abort: { key: byName, facts: told },
  /** Ends the work of a finished run: writes its early report (SHA-256 of both files) and goes back to the original branch. */
  leave: {
    key: () => 'end',
    facts: z.object({
      report: z.nullable(z.object({ report_hash: z.nullable(z.string()), html_hash: z.nullable(z.string()) })),
      told,
    }),
  },
  /** Puts HEAD and the index back to their state before the run. */
  restore: { key: () => 'head', facts: z.object({ index: z.boolean(), back: z.boolean() }) },
  /** Commits the run's artifacts; keyed by the tip that the commit is put on. */
  finish: { key: byName, facts: z.object({ commit: z.string(), left: z.array(z.string()), tip: z.string() }) },
  /** Makes a branch of its own for every accepted change. */
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

/** The facts of the effects that were done, by `effect key`, in the order of the journal. */
export type DoneEffects = Record<string, unknown>;

/** The facts of one effect; undefined if it was not done. */
export function doneFacts<Name extends EffectName>(
  { done }: { done: DoneEffects },
  name: Name,
  key: string,
): FactsOf<Name> | undefined {
  return done[`${name} ${key}`] as FactsOf<Name> | undefined;
}

/** The facts of every effect of one kind, in the order of the journal. */
export function allDone<Name extends EffectName>({ done }: { done: DoneEffects }, name: Name): FactsOf<Name>[] {
  return Object.entries(done).flatMap(([key, facts]) => (key.startsWith(`${name} `) ? [facts as FactsOf<Name>] : []));
}
