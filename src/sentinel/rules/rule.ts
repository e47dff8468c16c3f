import type { Shim } from '../dry-run/shims.ts';
import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import type { Redundancy } from './redundancy.ts';

export type Severity = 'high' | 'medium' | 'low';

/** The facts of a finding: data for programs, from which the advice is made. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

/** The results of running a hook; null for each that was not measured. */
export type Measured = {
  /** Median, in milliseconds. */
  wall_ms: number | null;
  /** How its time grows with its input: the slope on doubly logarithmic axes. 1: in proportion. */
  slope: number | null;
  /** Programs started, for a relevant and for an irrelevant input. */
  execs: { relevant: number; irrelevant: number } | null;
  /** How an execution ended that perf-gate had to stop (`timed_out`, `cut_off` or `waiting`), and the hosts that it called. */
  endless: { outcome: string; wall_ms: number; hosts: readonly string[] } | null;
  /** The message that it printed when it found no terminal; null if it asked for no terminal. */
  terminal: string | null;
  /** Version-manager shims of programs that it starts. */
  shims: readonly Shim[];
  stdout_bytes: number | null;
  /** Processes that were still running when it had ended. */
  processes_left: number | null;
};

/** A hook as rules see it, together with all others. */
export type Seen = {
  hook: Hook;
  script: Script;
  measured: Measured | null;
  hooks: readonly Hook[];
  scripts: ReadonlyMap<string, Script>;
  redundancy: readonly Redundancy[];
};

/** One place, or several with one cause, where the rule applies. `severity` overrides that of the rule. */
type Detected<F extends Facts = Facts> = { lines: readonly Place[]; facts: F; severity?: Severity };

/** The remedy, about how many lines it changes, and whether it saves time. */
type Remedy = { act: string; lines: number; saves: boolean };

/**
 * A habit that costs time, or keeps a hook from running. `dead`: the rule checks hooks that never run; all others check
 * live hooks.
 */
export type Rule<F extends Facts = Facts> = {
  id: string;
  severity: Severity;
  dead?: true;
  /** The fault, as a heading. Plain text. */
  title: string;
  remedy: Remedy;
  /** The cause and the remedy, in one or two sentences. Plain text. */
  advice(facts: F): string;
  detect(seen: Seen): Detected<F>[];
};

/** Ties the types of one rule's `detect` and `advice` together. */
export const rule = <F extends Facts>(of: Rule<F>): Rule => of;
