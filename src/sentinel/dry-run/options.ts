import type { CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Input } from './inputs.ts';
import type { Scenario } from './scenarios.ts';

/** So many users at a time, each making so many requests, one after the other. */
export type Load = { users: number; requests: number };

/** The options of a dry run. */
export type DryRunOptions = {
  /** How many counted executions each hook, and each set, has. */
  runs: number;
  /** How many executions precede them if state is kept between executions; the first is the cold one. */
  warm_ups: number;
  /** How many executions count the programs that each hook starts. */
  traces: number;
  /** Whether the hooks of an event are also run at once. */
  sets: boolean;
  /** Runs each hook also by several users at a time, each in a separate session. */
  load: Load | null;
  network: CageNetwork;
  /** How long the sink waits before it answers, in ms. */
  delay_ms: number;
  state: State;
  /** Sizes of the growing field in bytes, ascending; empty: input growth is not measured. */
  payload: readonly number[];
  /** Whether strace watches one execution of each hook, to show how it spends its time. */
  breakdown: boolean;
  /** Whether each set is also run without each of its hooks. */
  marginal: boolean;
  /** Whether programs are counted, by executions under strace whose times do not count. */
  strace: boolean;
  /** The time in s after which an execution is stopped, even if its own time limit is longer. */
  run_limit_s: number;
  /** The time in s after which no further execution begins; null: no limit. */
  limit_s: number | null;
  /** Determines the order of executions, and the sessions. */
  seed: string;
  /** The scenario whose inputs replace the usual ones. */
  scenario: Scenario | null;
  /** Variables that hooks get from settings. */
  variables: Readonly<Record<string, string>>;
  /** Folders of further inputs. */
  inputs: readonly string[];
  /** Inputs that replace those of the same name, or are added. */
  recorded: readonly Input[];
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
  breakdown: false,
  marginal: false,
  strace: true,
  run_limit_s: 30,
  limit_s: null,
  scenario: null,
  variables: {},
  inputs: [],
  recorded: [],
};
