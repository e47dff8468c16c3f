import type { Warning as MachineWarning } from '../measure/environment/environment.ts';
import type { FailuresCounted } from '../measure/sessions/failures-counted.ts';
import type { UnseenDelay } from '../measure/sessions/unseen-delay.ts';
import type { Interval, Judgement } from '../stats/judgement.ts';
import type { Problem, Rule } from '../stats/rule.ts';
import type { Warning as DataWarning } from '../stats/warnings.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';

/** This file defines the data types of an experiment: requirements for two arms, the measurement of the arms, and the result. */

export type Verdict = 'accepted' | 'rejected' | 'inconclusive';

/** The verdict under the claim `no_worse`. */
export type Answer = 'held' | 'regressed' | 'undecided';

/**
 * The requirements for a candidate. They come from a contract, or from the options of the command that judges two arrays of numbers.
 */
export type Asked = Pick<Rule, 'threshold' | 'claim'> & {
  primary: { name: string; unit: string; lower_is_better: boolean };
  /** The maximum number of executions of each arm. */
  max_runs: number;
};

/**
 * A number in per cent of the base (`unit: '%'`) or in the unit of the metric. The value is null if it cannot be computed from the samples.
 */
export type Amount = { value: number | null; unit: string };

/**
 * A command of the contract that failed. `on`: the arm's name in the caller's messages, or `measured` if the command failed under the
 * conditions of the measurement.
 */
type CommandReason = { command: string; reason: string; last_words: string; on: 'candidate' | 'head' | 'measured' };

/**
 * The facts of each reason for a verdict, by the code of the reason. Positive effects are better. In the field `regression_pct`, positive
 * means worse.
 */
type ReasonFacts = {
  /** The values were compared exactly, because the metric does not vary. */
  threshold_reached: { estimate: Amount };
  /** The estimate reaches the threshold, and the contract requires no significance. */
  estimate_reaches: { estimate: Amount };
  /** A difference between the arms is proved, but not the size of the difference. */
  observed: { estimate: Amount; p: number | null };
  proven: { lower_bound: Amount; p: number | null };
  below_threshold: { upper_bound: Amount; estimate: Amount };
  futile: { estimate: Amount };
  /**
   * Only under the claim `no_worse`. The lower bound of the improvement. Below 0, the candidate is at most this much
   * worse. Above 0, it is at least this much better.
   */
  held: { lower_bound: Amount; p: number | null };
  /** Only under the claim `no_worse`. The candidate is proved to be worse, and the estimated regression reaches the margin. */
  regressed: { upper_bound: Amount; estimate: Amount };
  /**
   * The candidate has become unlikely to pass, but the bounds still allow a pass. `runs`: the number of executions of each arm that would
   * decide, or null if no number would decide.
   */
  unlikely: { estimate: Amount; upper_bound: Amount; runs: number | null };
  undecided: Undecided;
  /** The screen passed, but the confirmation did not. */
  not_confirmed: Undecided;
  watchdog_failed: Regression;
  /** The estimated regression is within the watchdog's margin, but the samples do not exclude a larger regression. */
  watchdog_unsure: Regression;
  /**
   * The base's program is unchanged, but its samples differ from its earlier samples. `was` and `is`: the medians before and now, in the
   * unit of the primary metric.
   */
  base_moved: { was: Amount; is: Amount };
  /** Names of git settings that changed since the contract was approved. */
  git_settings_changed: { settings: string[] };
  /**
   * The fix touches protected files. `by_default`: true if the contract names none of these paths, and perf-gate protects them by default.
   */
  protected_path: { paths: string[]; by_default?: true };
  setup_failed: CommandReason;
  build_failed: CommandReason;
  correctness_failed: CommandReason;
  candidate_failed: { reason: string; last_words: string };
  /** Files of the base's copy that changed while the candidate ran. */
  base_changed: { paths: string[] };
  /**
   * Excerpts of both outputs, from shortly before their first differing byte `at`. Without `at`, the excerpts are the beginnings of the
   * outputs.
   */
  output_differs: { at?: number; expected: string; found: string };
  not_judgeable: { metric: string; problem: Problem };
  /** Programs that the candidate's setup or build left running, although the base's setup and build did not. */
  left_behind: { programs: string[] };
  /** A changed path in the frozen copy, from which both arms are made. */
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

/** A reason for a verdict. perf-gate before 0.2 wrote a reason as a sentence, without facts. */
export type Reason = KnownReason | { code: string; text: string };

/** A reason of one code with the facts of that code. */
export type ReasonOf<Code extends ReasonCode> = { code: Code } & ReasonFacts[Code];

/**
 * The reason why a session ended early. If the candidate failed (`arm: 'candidate'`), this is a reason for the verdict. If the base failed,
 * this is an error with its text, because a failure of the base says nothing about the candidate. `failed`: how an execution failed, and
 * its last output.
 */
export type Broken =
  | (KnownReason & { arm: 'candidate' })
  | { arm: 'base'; code: string; text: string; failed?: { reason: string; output: string } };

/** A fact that makes a session less reliable. perf-gate before 0.2 wrote a warning as a sentence. */
export type Warning =
  | DataWarning
  | MachineWarning
  | UnseenDelay
  | FailuresCounted
  /** The contract declares the metric deterministic, but its values vary, so the metric was sampled. */
  | { code: 'not_deterministic'; metric: string }
  /** The session stopped after `kept` executions and continued later. */
  | { code: 'interrupted'; kept: number }
  /** The session was interrupted after `dropped` executions and measured again from the start. The result does not use these executions. */
  | { code: 'measured_afresh'; dropped: number }
  /** The megabytes that the repro wrote into its copy of the project. */
  | { code: 'wrote_much'; mb: number }
  /** The correctness command fails under the conditions of the measurement, even on the base. */
  | { code: 'correctness_unchecked'; command: string; reason: string }
  /** Base and candidate were not measured in turn. */
  | { code: 'sequential' }
  | { code: 'told'; text: string };

/**
 * The closed room that a session ran in. `walls` names the mechanism that closes the room. `landlock` forbids writes outside of the room,
 * but hides nothing. If `walls` is `none`, `why` is the reason.
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

/** One measured session and its judgement. Samples are listed by arm and in the order of the pairs, in the unit of the primary metric. */
export type SessionData = {
  session: string;
  /** SHA-256 of `samples/<session>.jsonl`. Null if nothing was executed. */
  samples_hash: string | null;
  seed: string;
  order: 'interleaved' | 'sequential';
  method: string;
  /** The host of a fleet that measured the session. Absent if this machine measured the session. */
  host?: string | undefined;
  /** How the memory of the process tree was measured. Null if no metric needs it. */
  tree_method: string | null;
  /**
   * The closed room of the session. Absent if the contract does not require a room for the session, and in records of versions before 0.2.
   */
  room?: RoomOfSession | undefined;
  pairs: number;
  executions: number;
  base: number[];
  candidate: number[];
  /** Raw wall time as a cross-check, which is never judged. Present only if the primary metric is undelayed wall time. */
  raw_wall?: { base: number[]; candidate: number[] } | undefined;
  /**
   * Undelayed wall time as a cross-check, which is never judged. Present only if the primary metric is wall time and the instrument
   * measures the delay.
   */
  undelayed_wall?: { base: number[]; candidate: number[] } | undefined;
  judgement: Judgement | null;
  watchdogs: WatchdogJudgement[];
  /** Why sampling stopped. */
  stopped: 'passed' | 'futile' | 'unlikely' | 'cap' | 'exact' | 'broken';
  warnings: Warning[];
};

/**
 * The fields of a session that a verdict depends on. If the samples come from a file and no session was measured, only these fields exist.
 */
export type JudgedSession = Pick<
  SessionData,
  'base' | 'candidate' | 'raw_wall' | 'undelayed_wall' | 'judgement' | 'watchdogs' | 'stopped' | 'warnings' | 'room'
>;

/** The measured sessions. `broken`: the failure that ended the sessions, or null. `confirmation`: null if no confirmation was needed. */
export type Sessions<Session extends JudgedSession = SessionData> = {
  broken: Reason | null;
  screen: Session | null;
  confirmation: Session | null;
};

/**
 * The effect on the primary metric, in the deciding session. `baseline` and `candidate` are medians in `unit`. The bounds are one-sided.
 */
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
