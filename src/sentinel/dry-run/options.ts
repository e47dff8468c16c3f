import type { CageNetwork } from './cage.ts';
import type { State } from './cages.ts';
import type { Input } from './inputs.ts';
import type { Scenario } from './scenarios.ts';

/**
 * The load: how many simulated users make requests at the same time, and how many requests each user makes one after the other. A request
 * is one execution of the hook.
 */
export type Load = { users: number; requests: number };

/** The options of a dry run. */
export type DryRunOptions = {
  /** The number of counted executions of each hook and of each set. */
  runs: number;
  /** The number of warm-up executions. They take place only if state is kept between executions. The first one has cold caches. */
  warm_ups: number;
  /** The number of executions of each hook under strace, from which the programs that the hook starts are counted. */
  traces: number;
  /** Whether the hooks of an event are also run in parallel. */
  sets: boolean;
  /** The load under which each hook is also run: several users at a time, each in a separate session. */
  load: Load | null;
  network: CageNetwork;
  /** How long the cage's network sink waits before it answers, in ms. */
  delay_ms: number;
  state: State;
  /** The lengths in bytes to which one field of the input is lengthened, ascending. If empty, the growth of the time is not measured. */
  payload: readonly number[];
  /** Whether one execution of each hook runs under strace, which shows how the hook spends its time. */
  breakdown: boolean;
  /** Whether smaller sets of hooks are run too: for each hook of a set, the set without this hook. */
  marginal: boolean;
  /** Whether additional executions under strace count the programs that a hook starts. The times of these executions are ignored. */
  strace: boolean;
  /** The time in s after which an execution is stopped, even if the hook's own time limit is longer. */
  run_limit_s: number;
  /** The time in s after which no further execution begins. Null for no limit. */
  limit_s: number | null;
  /** The seed from which the order of executions and the invented sessions are made. */
  seed: string;
  /** The scenario whose inputs replace the usual inputs. Null without a scenario. */
  scenario: Scenario | null;
  /** Environment variables that hooks get from settings. */
  variables: Readonly<Record<string, string>>;
  /** Folders of further inputs. */
  inputs: readonly string[];
  /** Inputs that replace perf-gate's inputs of the same name, or are added to them. */
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
