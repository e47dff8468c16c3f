import type { Shim } from '../dry-run/shims.ts';
import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import type { Redundancy } from './redundancy.ts';

export type Severity = 'high' | 'medium' | 'low';

/** What a rule saw: data that programs read, and that the advice is made of. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

/** What running a hook showed, as far as it was run; null for what was not measured. */
export type Measured = {
  /** Median, in milliseconds. */
  wall_ms: number | null;
  /** How its time grows with its input: the slope on doubly logarithmic axes. 1: in proportion. */
  slope: number | null;
  /** Programs started, for input that is its business and for input that is not. */
  execs: { relevant: number; irrelevant: number } | null;
  /** How an execution ended that did not end by itself: `timed_out`, `cut_off` or `waiting`; and whom it called. */
  endless: { outcome: string; wall_ms: number; hosts: readonly string[] } | null;
  /** What it said when it found no terminal; null where it asked for none. */
  terminal: string | null;
  /** Version managers that stand before programs which it starts. */
  shims: readonly Shim[];
  stdout_bytes: number | null;
  /** Processes that were still there when it had ended. */
  processes_left: number | null;
};

/** A hook as rules see it, among all others. */
export type Seen = {
  hook: Hook;
  script: Script;
  measured: Measured | null;
  hooks: readonly Hook[];
  scripts: ReadonlyMap<string, Script>;
  redundancy: readonly Redundancy[];
};

/** One place, or several of one cause, where a rule holds. `severity`: where it is not that of the rule. */
type Detected<F extends Facts = Facts> = { lines: readonly Place[]; facts: F; severity?: Severity };

/** What to do, about how many lines that changes, and whether it is done for the time that it saves. */
type Remedy = { act: string; lines: number; saves: boolean };

/** A habit that costs time, or that keeps a hook from running. `dead`: it looks at hooks that never run, all others at those that do. */
export type Rule<F extends Facts = Facts> = {
  id: string;
  severity: Severity;
  dead?: true;
  /** What is wrong, as a heading. Plain text. */
  title: string;
  remedy: Remedy;
  /** What the rule saw and what to do, in one or two sentences. Plain text. */
  advice(facts: F): string;
  detect(seen: Seen): Detected<F>[];
};

/** Keeps the facts of one rule together: what `detect` gives is what `advice` takes. */
export const rule = <F extends Facts>(of: Rule<F>): Rule => of;
