import type { CageNetwork } from './cage.ts';
import type { State } from './cages.ts';

/** So many at a time, each so often, one after the other. */
export type Load = { users: number; requests: number };

/** Hooks that are run alone, by their ids, and sets that are run at once, by their keys. */
export type Subjects = { hooks: ReadonlySet<string>; sets: ReadonlySet<string> };

/** What is asked of a dry run. */
export type DryRunOptions = {
  /** How often each hook, and each set, is run and counts. */
  runs: number;
  /** How often before that, where what a run leaves is there for the next; the first of them is the cold one. */
  warm_ups: number;
  /** How often the programs that each hook starts are counted. */
  traces: number;
  /** Whether the hooks of an event are also run at once. */
  sets: boolean;
  /** Each hook also by several at a time, each of them in a session of its own. */
  load: Load | null;
  network: CageNetwork;
  /** After how long the sink answers. */
  delay_ms: number;
  state: State;
  /** Bytes of the growing field, ascending; none: no ladder. */
  payload: readonly number[];
  /** Whether each set is also run without each of its hooks. */
  marginal: boolean;
  /** What is run; null: everything. */
  only: Subjects | null;
  /** Whether programs are counted, by executions under strace of which no time counts. */
  strace: boolean;
  /** After how long one execution is ended that its own time limit would let run longer. */
  run_limit_s: number;
  /** After how long no further execution begins; null: never. */
  limit_s: number | null;
  /** Orders the executions, and names the sessions. */
  seed: string;
  /** Folders of further inputs. */
  inputs: readonly string[];
};

export const usualOptions: Omit<DryRunOptions, 'seed'> = {
  runs: 3,
  warm_ups: 1,
  traces: 1,
  sets: true,
  load: null,
  network: 'sink',
  delay_ms: 50,
  state: 'warm',
  payload: [],
  marginal: false,
  only: null,
  strace: true,
  run_limit_s: 30,
  limit_s: null,
  inputs: [],
};
