import type { Breakdown } from '../breakdown/breakdown.ts';
import type { Payload } from './alone.ts';
import type { CageLevel, CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Run } from './execution.ts';
import type { NotRun } from './runnable.ts';
import type { Together } from './together.ts';
import type { Trace } from './trace.ts';

/** The cage that was used; `masked`: the paths hidden from hooks. `none`: nothing was run. */
export type CageFacts =
  | {
      level: CageLevel;
      walls: 'namespaces' | 'landlock';
      network: CageNetwork;
      state: State;
      masked: readonly string[];
    }
  | { level: 'none'; why: string };

/** The result for one hook. `input`: the name of the input that it ran on. */
export type HookDryRun =
  | { id: string; state: 'not_run'; why: NotRun }
  | {
      id: string;
      state: 'run';
      input: string;
      /** The first execution, with cold caches; null if every execution is cold. */
      cold: Run | null;
      runs: Run[];
      /** The programs that it started on its usual input, and on an irrelevant one; null without strace. */
      trace: Trace | null;
      irrelevant: Trace | null;
      /** How many programs it started on its usual input, for each counted execution. */
      execs: number[];
      /** How a traced execution spent its time; null without strace, or if no trace was asked for. */
      breakdown: Breakdown | null;
      /** Executions under load, in no order; empty without load. */
      load: Run[];
      payload: Payload[];
      /** How fast its time grows with its input; null if that was not measured. */
      slope: number | null;
    };

/**
 * The result for a set of an event. `key`: identifies the set in every dry run. `without`: the same set without one of its hooks, by id.
 */
export type EventDryRun = {
  key: string;
  event: string;
  matched: string | null;
  input: string;
  hooks: string[];
  runs: Together[];
  without: { id: string; runs: Together[] }[];
};

/** A set that was not run: `because` of these hooks, which do not end, by id; empty if the time limit was reached first. */
export type NotMeasured = { event: string; matched: string | null; hooks: string[]; because: string[] };

export type DryRun = { cage: CageFacts; hooks: HookDryRun[]; events: EventDryRun[]; not_measured: NotMeasured[] };
