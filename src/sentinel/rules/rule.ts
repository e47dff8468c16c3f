import type { Shim } from '../dry-run/shims.ts';
import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import type { Redundancy } from './redundancy.ts';

export type Severity = 'high' | 'medium' | 'low';

/** The facts of a finding. They are data for programs, and the advice is made from them. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

/** The results of running a hook. A result that was not measured is null. */
export type Measured = {
  /** Median, in milliseconds. */
  wall_ms: number | null;
  /** How the hook's time grows with its input: the slope on doubly logarithmic axes. */
  slope: number | null;
  /** The number of programs that the hook started, for a relevant and for an irrelevant input. */
  execs: { relevant: number; irrelevant: number } | null;
  /** How an execution ended that perf-gate had to stop (`timed_out`, `cut_off` or `waiting`), and the hosts that the hook called in it. */
  endless: { outcome: string; wall_ms: number; hosts: readonly string[] } | null;
  /** The message that the hook printed because it found no terminal; null if the hook asked for no terminal. */
  terminal: string | null;
  /** Version-manager shims of programs that the hook starts. */
  shims: readonly Shim[];
  stdout_bytes: number | null;
  /** The number of processes that were still running when the hook had ended. */
  processes_left: number | null;
};

/** The facts about a hook that rules use, and the facts about all other hooks. */
export type Seen = {
  hook: Hook;
  script: Script;
  measured: Measured | null;
  hooks: readonly Hook[];
  scripts: ReadonlyMap<string, Script>;
  redundancy: readonly Redundancy[];
};

/** One place where the rule applies, or several places with one cause. `severity` overrides the severity of the rule. */
type Detected<F extends Facts = Facts> = { lines: readonly Place[]; facts: F; severity?: Severity };

/** The remedy, about how many lines it changes, and whether it saves time. */
type Remedy = { act: string; lines: number; saves: boolean };

/**
 * A rule: it finds a habit in hooks that costs time, or keeps a hook from running. `dead`: the rule checks hooks that never run. All
 * other rules check hooks that run.
 */
export type Rule<F extends Facts = Facts> = {
  id: string;
  severity: Severity;
  dead?: true;
  /** The name of the fault, as a heading. Plain text. */
  title: string;
  remedy: Remedy;
  /** The advice for a finding: the cause and the remedy, in one or two sentences. Plain text. */
  advice(facts: F): string;
  detect(seen: Seen): Detected<F>[];
};

/** Ties the types of one rule's `detect` and `advice` together. */
export const rule = <F extends Facts>(of: Rule<F>): Rule => of;
