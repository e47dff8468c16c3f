import type { Breakdown } from '../breakdown/breakdown.ts';
import type { Payload } from './alone.ts';
import type { CageLevel, CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Run } from './execution.ts';
import type { NotRun } from './runnable.ts';
import type { Together } from './together.ts';
import type { Trace } from './trace.ts';

/** The cage that was in force; `masked`: what hooks did not see. `none`: nothing was run. */
export type CageFacts =
  | {
      level: CageLevel;
      walls: 'namespaces' | 'landlock';
      network: CageNetwork;
      state: State;
      masked: readonly string[];
    }
  | { level: 'none'; why: string };

/** What came of one hook. `input`: the name of the input that it ran on. */
export type HookDryRun =
  | { id: string; state: 'not_run'; why: NotRun }
  | {
      id: string;
      state: 'run';
      input: string;
      /** The first execution, which found nothing warm; null where each finds that. */
      cold: Run | null;
      runs: Run[];
      /** What it started on its usual input, and on one that it has most likely nothing to do with; null where strace is not there. */
      trace: Trace | null;
      irrelevant: Trace | null;
      /** How many programs it started on its usual input, each time that they were counted. */
      execs: number[];
      /** Where the time of a traced execution goes; null where nobody asked for it, or strace is not there. */
      breakdown: Breakdown | null;
      /** Executions under load, in no order; empty without one. */
      load: Run[];
      payload: Payload[];
      /** How fast its time grows with its input; null without a ladder. */
      slope: number | null;
    };

/** What came of the set of an event. `key`: names it in every dry run. `without`: the same set without one of its hooks, by its id. */
export type EventDryRun = {
  key: string;
  event: string;
  matched: string | null;
  input: string;
  hooks: string[];
  runs: Together[];
  without: { id: string; runs: Together[] }[];
};

/** A set that was not run: `because` of these hooks, which do not end, by their ids; empty where there was no time for it. */
export type NotMeasured = { event: string; matched: string | null; hooks: string[]; because: string[] };

export type DryRun = { cage: CageFacts; hooks: HookDryRun[]; events: EventDryRun[]; not_measured: NotMeasured[] };
