import * as z from 'zod/mini';
import { snapshot } from './judged-schema.ts';

const told = z.array(z.string());
/** The branch's newest commit after the side effect. */
const tip = z.optional(z.string());

const byAttempt = (attempt: number) => `attempt-${attempt}`;
const byName = (name: string) => name;

/**
 * The types of a run's side effects, such as a commit or the execution of an actor's command. Code and journal call a side effect an
 * `effect`. The journal records each effect with an intent line before the effect and a done line after it. `key` distinguishes effects of
 * one type, so that an effect that was done before a crash is not repeated. `facts` describes the result of an effect. `tip` is the newest
 * commit of the branch after the effect. `base` is the snapshot with which the next attempt is compared. `told`: sentences for the
 * artifact.
 */
export const effects = {
  /** Creates the run's branch and checks it out. */
  branch: { key: () => 'start', facts: z.object({ tip: z.string() }) },
  /** Allows a headless agent to propose the contract. The key is a keyed hash that is valid on this machine only. */
  agent: { key: byName, facts: z.object({}) },
  /** Approves a run that came from another machine. The key is a keyed hash that binds the approval to this machine. */
  approve: { key: byName, facts: z.object({ by: z.string() }) },
  /**
   * Makes edits of other people part of the base. The key is the epoch, or the id of an actor's command if the edits were made during or
   * after this command.
   */
  'take-in': {
    key: byName,
    facts: z.object({ before: z.object({ tree: z.string() }), base: snapshot }),
  },
  /** Runs the command that does an actor's stage. `answer` is null if the command failed. */
  command: {
    key: (stage: string, epoch: number, n: number) => `${stage}-${epoch}-${n}`,
    facts: z.object({ answer: z.nullable(z.enum(['done', 'skipped'])) }),
  },
  /** Keeps edits that were not submitted, as a snapshot under a git ref. */
  keep: {
    key: byName,
    facts: z.object({
      ref: z.string(),
      tree: z.string(),
      commits: z.nullable(z.object({ found: z.string() })),
      /** Paths that a person edited after the actor's command had ended. These edits are not reverted. */
      stay: z._default(z.array(z.string()), []),
      /** The state of the work tree before the edits. */
      before: z.object({ tip: z.string(), tree: z.string() }),
    }),
  },
  /** Reverts the kept edits in the work tree. */
  'take-back': { key: byName, facts: z.object({ tip, told }) },
  /** Commits the open attempt. `commit` is null if the attempt changed only untracked files. */
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
   * Records repairs after a crash. `gave_up`: an effect that was begun before the crash and can no longer be completed. `attempt`: the
   * attempt that was open when perf-gate was killed.
   */
  recover: {
    key: byName,
    facts: z.object({
      told,
      gave_up: z.optional(z.object({ effect: z.string(), key: z.string() })),
      attempt: z.optional(z.number()),
    }),
  },
  /** Aborts the run. The key is the reason. */
  abort: { key: byName, facts: told },
  /**
   * Completes an ended run. Writes the report if the run ended before its report stage, and checks out the original branch. The facts
   * contain the SHA-256 of both report files.
   */
  leave: {
    key: () => 'end',
    facts: z.object({
      report: z.nullable(z.object({ report_hash: z.nullable(z.string()), html_hash: z.nullable(z.string()) })),
      told,
    }),
  },
  /** Restores HEAD and the index to their state before the run. */
  restore: { key: () => 'head', facts: z.object({ index: z.boolean(), back: z.boolean() }) },
  /** Commits the run's artifacts. The key is the parent of the new commit. */
  finish: { key: byName, facts: z.object({ commit: z.string(), left: z.array(z.string()), tip: z.string() }) },
  /** Makes a separate branch for every accepted change. */
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

/** The facts of all completed side effects in the order of the journal, by type and key, such as `commit attempt-2`. */
export type DoneEffects = Record<string, unknown>;

/** The facts of the side effect that has this type and key. Undefined if it was not completed. */
export function doneFacts<Name extends EffectName>(
  { done }: { done: DoneEffects },
  name: Name,
  key: string,
): FactsOf<Name> | undefined {
  return done[`${name} ${key}`] as FactsOf<Name> | undefined;
}

/** The facts of every completed side effect of one type, in the order of the journal. */
export function allDone<Name extends EffectName>({ done }: { done: DoneEffects }, name: Name): FactsOf<Name>[] {
  return Object.entries(done).flatMap(([key, facts]) => (key.startsWith(`${name} `) ? [facts as FactsOf<Name>] : []));
}
