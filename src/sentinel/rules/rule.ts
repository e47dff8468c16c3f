import type { Shim } from '../dry-run/shims.ts';
import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import type { Redundancy } from './redundancy.ts';

export type Severity = 'high' | 'medium' | 'low';

/**
 * The data of a finding, such as `{ event: 'Stop', effective_s: 600 }`. Programs can use this data, and the text of the advice is made from
 * it.
 */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

/** The measurements of a hook, and the observations from its executions. A value that was not measured is null. */
export type Measured = {
  /** Median, in milliseconds. */
  wall_ms: number | null;
  /** How the hook's time grows with its input: the slope on doubly logarithmic axes. */
  slope: number | null;
  /** The number of programs that the hook started, for a relevant and for an irrelevant input. */
  execs: { relevant: number; irrelevant: number } | null;
  /**
   * The outcome of an execution that perf-gate had to stop (`timed_out`, `cut_off` or `waiting`), and the hosts that the hook contacted
   * during this execution.
   */
  endless: { outcome: string; wall_ms: number; hosts: readonly string[] } | null;
  /** The message that the hook printed because it found no terminal. Null if the hook does not need a terminal. */
  terminal: string | null;
  /** Version-manager shims of programs that the hook starts. */
  shims: readonly Shim[];
  stdout_bytes: number | null;
  /** The number of processes that were still running when the hook had ended. */
  processes_left: number | null;
};

/** The facts that a rule uses to check one hook: those about this hook, and those about all other hooks. */
export type Seen = {
  hook: Hook;
  script: Script;
  measured: Measured | null;
  hooks: readonly Hook[];
  scripts: ReadonlyMap<string, Script>;
  redundancy: readonly Redundancy[];
};

/**
 * One place in a hook to which the rule applies, or several places that have the same cause. `severity` overrides the severity of the rule.
 */
type Detected<F extends Facts = Facts> = { lines: readonly Place[]; facts: F; severity?: Severity };

/** The remedy, the approximate number of lines that it changes, and whether it saves time. */
type Remedy = { act: string; lines: number; saves: boolean };

/**
 * A rule finds one kind of fault in hooks. The fault costs time, or keeps a hook from running. `dead`: the rule checks hooks that never
 * run. All other rules check hooks that run.
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

/** Makes the compiler check that `detect` and `advice` of one rule use the same type of facts. */
export const rule = <F extends Facts>(of: Rule<F>): Rule => of;
