import type { CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Input } from './inputs.ts';
import type { Scenario } from './scenarios.ts';

/** So many at a time, each so often, one after the other. */
export type Load = { users: number; requests: number };

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
  /** Whether an execution of each hook is watched by strace, to see where its time goes. */
  breakdown: boolean;
  /** Whether each set is also run without each of its hooks. */
  marginal: boolean;
  /** Whether programs are counted, by executions under strace of which no time counts. */
  strace: boolean;
  /** After how long one execution is ended that its own time limit would let run longer. */
  run_limit_s: number;
  /** After how long no further execution begins; null: never. */
  limit_s: number | null;
  /** Orders the executions, and names the sessions. */
  seed: string;
  /** What hooks are run on in place of their usual input. */
  scenario: Scenario | null;
  /** Variables that hooks get from settings. */
  variables: Readonly<Record<string, string>>;
  /** Folders of further inputs. */
  inputs: readonly string[];
  /** Inputs that take the place of those of the same name, or come beside them. */
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
