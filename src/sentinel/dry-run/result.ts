import type { Breakdown } from '../breakdown/breakdown.ts';
import type { Payload } from './alone.ts';
import type { CageLevel, CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Run } from './execution.ts';
import type { NotRun } from './runnable.ts';
import type { Together } from './together.ts';
import type { Trace } from './trace.ts';

/** The cage that was used. `masked`: the paths that are hidden from hooks. `none`: nothing was run. */
export type CageFacts =
  | {
      level: CageLevel;
      walls: 'namespaces' | 'landlock';
      network: CageNetwork;
      state: State;
      masked: readonly string[];
    }
  | { level: 'none'; why: string };

/** The result of a dry run for one hook. `input`: the name of the input on which the hook ran. */
export type HookDryRun =
  | { id: string; state: 'not_run'; why: NotRun }
  | {
      id: string;
      state: 'run';
      input: string;
      /** The first execution, which has cold caches. Null if every execution has cold caches. */
      cold: Run | null;
      runs: Run[];
      /** The programs that the hook started on its usual input, and those on an irrelevant input. Null if strace is not used. */
      trace: Trace | null;
      irrelevant: Trace | null;
      /** How many programs the hook started on its usual input, in each execution under strace. */
      execs: number[];
      /** How one execution under `strace` spent its time. Null if `strace` is missing, or if no trace was asked for. */
      breakdown: Breakdown | null;
      /** Executions under load, in no particular order. Empty without load. */
      load: Run[];
      payload: Payload[];
      /** How fast the hook's time grows with the size of the input. Null if the growth was not measured. */
      slope: number | null;
    };

/**
 * The result of a dry run for one set of hooks of an event. `key`: an id of the set that is the same in every dry run. `without`:
 * executions in which one hook of the set was left out, by the id of this hook.
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

/** A set that was not run: `because`: the ids of the hooks that do not end. Empty if the time limit was reached first. */
export type NotMeasured = { event: string; matched: string | null; hooks: string[]; because: string[] };

export type DryRun = { cage: CageFacts; hooks: HookDryRun[]; events: EventDryRun[]; not_measured: NotMeasured[] };
