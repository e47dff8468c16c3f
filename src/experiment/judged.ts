import type { Warning as MachineWarning } from '../measure/environment/environment.ts';
import type { FailuresCounted } from '../measure/sessions/failures-counted.ts';
import type { UnseenDelay } from '../measure/sessions/unseen-delay.ts';
import type { Interval, Judgement } from '../stats/judgement.ts';
import type { Problem, Rule } from '../stats/rule.ts';
import type { Warning as DataWarning } from '../stats/warnings.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';

/** The vocabulary of an experiment, as data types: requirements for two arms, their measurement, and the result. */

export type Verdict = 'accepted' | 'rejected' | 'inconclusive';

/** The verdict under the claim `no_worse`. */
export type Answer = 'held' | 'regressed' | 'undecided';

/** The requirements for a candidate. They come from a contract, or from options if two arrays of numbers are judged. */
export type Asked = Pick<Rule, 'threshold' | 'claim'> & {
  primary: { name: string; unit: string; lower_is_better: boolean };
  /** The maximum number of runs a side. */
  max_runs: number;
};

/** A number in per cent of the base (`unit: '%'`) or in the unit of the metric; null if the samples give none. */
export type Amount = { value: number | null; unit: string };

/**
 * A command of the contract that failed. `on`: the arm's name in the messages of the caller, or `measured` if it failed under the
 * conditions of the measurement.
 */
type CommandReason = { command: string; reason: string; last_words: string; on: 'candidate' | 'head' | 'measured' };

/** Facts of each reason, by its code. Positive effects are better; regressions are positive when they are worse. */
type ReasonFacts = {
  /** Compared exactly: the metric does not vary. */
  threshold_reached: { estimate: Amount };
  /** Significance was not required. */
  estimate_reaches: { estimate: Amount };
  /** A difference is proved, its size is not. */
  observed: { estimate: Amount; p: number | null };
  proven: { lower_bound: Amount; p: number | null };
  below_threshold: { upper_bound: Amount; estimate: Amount };
  futile: { estimate: Amount };
  /** Only under `no_worse`: the lower bound of the improvement (below 0: at most this much worse; above 0: at least this much better). */
  held: { lower_bound: Amount; p: number | null };
  /** Only under `no_worse`: the candidate is proved to be worse, and by the estimate at least by the margin. */
  regressed: { upper_bound: Amount; estimate: Amount };
  /**
   * Passing has become unlikely, but the bounds exclude nothing. `runs`: the number of runs a side that would decide; null if no number
   * would.
   */
  unlikely: { estimate: Amount; upper_bound: Amount; runs: number | null };
  undecided: Undecided;
  /** The screen passed, but the confirmation did not. */
  not_confirmed: Undecided;
  watchdog_failed: Regression;
  /** The estimate is within the margin, but the samples do not exclude a larger regression. */
  watchdog_unsure: Regression;
  /** The unchanged program of the base measured differently than before. Medians, in the unit of the primary metric. */
  base_moved: { was: Amount; is: Amount };
  /** Names of git settings that differ from those at approval. */
  git_settings_changed: { settings: string[] };
  /** The fix touches protected files. `by_default`: the contract names none of them. */
  protected_path: { paths: string[]; by_default?: true };
  setup_failed: CommandReason;
  build_failed: CommandReason;
  correctness_failed: CommandReason;
  candidate_failed: { reason: string; last_words: string };
  /** Files of the base's copy that changed while the candidate ran. */
  base_changed: { paths: string[] };
  /** Excerpts of both outputs, from shortly before the first differing byte `at`; without `at`, their beginnings. */
  output_differs: { at?: number; expected: string; found: string };
  not_judgeable: { metric: string; problem: Problem };
  /** Programs that the candidate's setup or build left running, and the base's did not. */
  left_behind: { programs: string[] };
  /** A path that changed in the copy that both arms are made from. */
  frozen_changed: { path: string };
  /** The number of times that the measuring process was killed while the base ran. */
  helper_lost: { times: number };
};

type Undecided = {
  estimate: Amount;
  lower_bound: Amount;
  upper_bound: Amount;
  p: number | null;
  max_runs: number;
};
type Regression = { metric: string; regression_pct: number | null; margin_pct: number };

export type ReasonCode = keyof ReasonFacts;
type KnownReason = { [Code in ReasonCode]: { code: Code } & ReasonFacts[Code] }[ReasonCode];

/** A reason for a verdict. Versions before 0.2 wrote a sentence instead of facts. */
export type Reason = KnownReason | { code: string; text: string };

/** A reason of one code with the facts of that code. */
export type ReasonOf<Code extends ReasonCode> = { code: Code } & ReasonFacts[Code];

/**
 * Why a session ended early. For the candidate this is a reason for a verdict; for the base it becomes an error, so it is text. `failed`:
 * how an execution failed, and its last output.
 */
export type Broken =
  | (KnownReason & { arm: 'candidate' })
  | { arm: 'base'; code: string; text: string; failed?: { reason: string; output: string } };

/** A fact that makes a session less reliable. Versions before 0.2 wrote a sentence. */
export type Warning =
  | DataWarning
  | MachineWarning
  | UnseenDelay
  | FailuresCounted
  /** The metric is declared deterministic, but varies, so it was sampled. */
  | { code: 'not_deterministic'; metric: string }
  /** The session stopped after `kept` executions and continued later. */
  | { code: 'interrupted'; kept: number }
  /** The session was interrupted after `dropped` executions, which do not count, and measured again from the start. */
  | { code: 'measured_afresh'; dropped: number }
  /** The megabytes that the repro wrote into its copy of the project. */
  | { code: 'wrote_much'; mb: number }
  /** Under the conditions of the measurement, the correctness command fails on the base too. */
  | { code: 'correctness_unchecked'; command: string; reason: string }
  /** Base and candidate were not measured in turn. */
  | { code: 'sequential' }
  | { code: 'told'; text: string };

/**
 * The closed room that a session ran in. `walls`: `namespaces`; `landlock`, which forbids writes outside and hides nothing; or `none`, with
 * the reason.
 */
export type RoomOfSession =
  | { walls: 'namespaces' | 'landlock'; home: 'overlay' | 'read_only'; network: 'none' | 'loopback' | 'full' }
  | {
      walls: 'none';
      why:
        | { code: 'no_walls' | 'base_fails'; text: string }
        | { code: 'in_place' }
        | { code: 'not_interleaved' }
        | { code: 'method' };
    };

/** One measured session and its judgement. Samples are listed by arm, in the order of the pairs, in the unit of the primary metric. */
export type SessionData = {
  session: string;
  /** SHA-256 of `samples/<session>.jsonl`; null if nothing was executed. */
  samples_hash: string | null;
  seed: string;
  order: 'interleaved' | 'sequential';
  method: string;
  /** The host of a fleet that measured it; left out for this machine. */
  host?: string | undefined;
  /** How the memory of the process tree was measured; null if no metric needs it. */
  tree_method: string | null;
  /** Left out if the contract asks for no room, and by versions before 0.2. */
  room?: RoomOfSession | undefined;
  pairs: number;
  executions: number;
  base: number[];
  candidate: number[];
  /** Raw wall time, only if undelayed wall time is the primary metric; never judged. */
  raw_wall?: { base: number[]; candidate: number[] } | undefined;
  /** Undelayed wall time, only if wall time is the primary metric and the instrument measures the delay; never judged. */
  undelayed_wall?: { base: number[]; candidate: number[] } | undefined;
  judgement: Judgement | null;
  watchdogs: WatchdogJudgement[];
  /** Why sampling stopped. */
  stopped: 'passed' | 'futile' | 'unlikely' | 'cap' | 'exact' | 'broken';
  warnings: Warning[];
};

/** The part of a session that decides a verdict. Samples from a file have only this. */
export type JudgedSession = Pick<
  SessionData,
  'base' | 'candidate' | 'raw_wall' | 'undelayed_wall' | 'judgement' | 'watchdogs' | 'stopped' | 'warnings' | 'room'
>;

/** The measured sessions. `broken`: the failure, if any; the confirmation is null if it was not needed. */
export type Sessions<Session extends JudgedSession = SessionData> = {
  broken: Reason | null;
  screen: Session | null;
  confirmation: Session | null;
};

/** The effect on the primary metric, in the deciding session. Medians in its unit; bounds are one-sided. */
export type Primary = {
  name: string;
  unit: string;
  baseline: number;
  candidate: number;
  improvement_pct: number | null;
  improvement: number;
  ci95_pct: Interval | null;
  lower_bound_pct: number | null;
  upper_bound_pct: number | null;
  p: number | null;
  cles: number;
  n_base: number;
  n_candidate: number;
};

/** A verdict on two arms, with its evidence. `primary` is null if no session was measured to the end. */
export type Judged<Session extends JudgedSession = SessionData> = {
  verdict: Verdict;
  reasons: Reason[];
  primary: Primary | null;
  watchdogs: WatchdogJudgement[];
  sessions: Sessions<Session>;
};
