import type { Warning as MachineWarning } from '../measure/environment/environment.ts';
import type { FailuresCounted } from '../measure/sessions/failures-counted.ts';
import type { UnseenDelay } from '../measure/sessions/unseen-delay.ts';
import type { Interval, Judgement } from '../stats/judgement.ts';
import type { Problem, Rule } from '../stats/rule.ts';
import type { Warning as DataWarning } from '../stats/warnings.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';

/** The words of an experiment: what is asked of two arms, what was measured of them, and what came of it. Data only. */

export type Verdict = 'accepted' | 'rejected' | 'inconclusive';

/** How the verdict is called where the question was whether the candidate is no worse. */
export type Answer = 'held' | 'regressed' | 'undecided';

/** What is asked of a candidate. A contract answers it; two arrays of numbers need no contract. */
export type Asked = Pick<Rule, 'threshold' | 'claim'> & {
  primary: { name: string; unit: string; lower_is_better: boolean };
  /** The most runs a side that the samples may grow to. */
  max_runs: number;
};

/** A figure in per cent of the base (`unit: '%'`) or in the unit of the metric; null where the samples give none. */
export type Amount = { value: number | null; unit: string };

/** A reason that lies with one command of the contract: `on` names the arm in the words of the caller, or the place where it was measured. */
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
  /** Of `no_worse`: the candidate is at most so much worse (a bound above 0: at least so much better). */
  held: { lower_bound: Amount; p: number | null };
  /** Of `no_worse`: it is worse at all, and by the estimate at least the margin. */
  regressed: { upper_bound: Amount; estimate: Amount };
  /** Passing has become unlikely, and the bounds exclude nothing. `runs` a side would decide; null where no number would. */
  unlikely: { estimate: Amount; upper_bound: Amount; runs: number | null };
  undecided: Undecided;
  /** The screen passed, and the confirmation did not repeat it. */
  not_confirmed: Undecided;
  watchdog_failed: Regression;
  /** The estimate holds, but the samples do not exclude more than the margin. */
  watchdog_unsure: Regression;
  /** The unchanged program of the base measured otherwise than before. Medians, in the unit of the primary metric. */
  base_moved: { was: Amount; is: Amount };
  /** Settings of git that differ from those at approval, by name. */
  git_settings_changed: { settings: string[] };
  /** The fix touches protected files. `by_default`: the contract names none of them. */
  protected_path: { paths: string[]; by_default?: true };
  setup_failed: CommandReason;
  build_failed: CommandReason;
  correctness_failed: CommandReason;
  candidate_failed: { reason: string; last_words: string };
  /** Files of the base's copy that changed while the candidate ran. */
  base_changed: { paths: string[] };
  /** Excerpts of both outputs, from shortly before the first byte that differs; without `at`, their beginnings. */
  output_differs: { at?: number; expected: string; found: string };
  not_judgeable: { metric: string; problem: Problem };
  /** Programs that the candidate's setup or build left running, and the base's did not. */
  left_behind: { programs: string[] };
  /** The copy that both arms are made from was written into. */
  frozen_changed: { path: string };
  /** The process that measures was ended so often while the base ran. */
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

/** Why a verdict is what it is. Versions before 0.2 wrote a sentence instead of facts. */
export type Reason = KnownReason | { code: string; text: string };

/** A reason of one code, which the type checker holds to its facts. */
export type ReasonOf<Code extends ReasonCode> = { code: Code } & ReasonFacts[Code];

/**
 * Why a session ended early. With the candidate it is a reason for a verdict; with the base it is an error, so that it is text. `failed`: how
 * its execution failed, and what it printed.
 */
export type Broken =
  | (KnownReason & { arm: 'candidate' })
  | { arm: 'base'; code: string; text: string; failed?: { reason: string; output: string } };

/** What makes a session less reliable. Versions before 0.2 wrote a sentence. */
export type Warning =
  | DataWarning
  | MachineWarning
  | UnseenDelay
  | FailuresCounted
  /** Declared deterministic, but it varies: it was sampled. */
  | { code: 'not_deterministic'; metric: string }
  /** The session stopped after `kept` executions and went on later. */
  | { code: 'interrupted'; kept: number }
  /** The session was interrupted after `dropped` executions, which do not count, and measured afresh. */
  | { code: 'measured_afresh'; dropped: number }
  /** The repro writes this much into its copy of the project. */
  | { code: 'wrote_much'; mb: number }
  /** The correctness command fails where the candidate was measured, also on the base. */
  | { code: 'correctness_unchecked'; command: string; reason: string }
  /** Base and candidate were not measured in turn. */
  | { code: 'sequential' }
  | { code: 'told'; text: string };

/**
 * What closed the room that a session ran in. `walls`: namespaces; Landlock, which forbids to write outside and hides nothing; or none,
 * with the reason: the machine has none, the base does not run in one, the arms are not made for the session (`order`), or not asked for.
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

/** One measured session and its judgement. Samples stand by arm, in the order of the pairs, in the unit of the primary metric. */
export type SessionData = {
  session: string;
  /** SHA-256 of `samples/<session>.jsonl`; null where nothing was executed. */
  samples_hash: string | null;
  seed: string;
  order: 'interleaved' | 'sequential';
  method: string;
  /** The host of a fleet that measured it; left out for this machine. */
  host?: string | undefined;
  /** How the memory of the process tree was measured; null where no metric asked for it. */
  tree_method: string | null;
  /** Left out where no room was asked for, and by versions before 0.2. */
  room?: RoomOfSession | undefined;
  pairs: number;
  executions: number;
  base: number[];
  candidate: number[];
  /** Raw wall time, only where undelayed wall time is the primary metric; never judged. */
  raw_wall?: { base: number[]; candidate: number[] } | undefined;
  /** Undelayed wall time where wall time is judged and the instrument sees the delay. */
  undelayed_wall?: { base: number[]; candidate: number[] } | undefined;
  judgement: Judgement | null;
  watchdogs: WatchdogJudgement[];
  /** Why sampling stopped. */
  stopped: 'passed' | 'futile' | 'unlikely' | 'cap' | 'exact' | 'broken';
  warnings: Warning[];
};

/** The part of a session that a verdict rests on. Samples from a file have no more than this. */
export type JudgedSession = Pick<
  SessionData,
  'base' | 'candidate' | 'raw_wall' | 'undelayed_wall' | 'judgement' | 'watchdogs' | 'stopped' | 'warnings' | 'room'
>;

/** What was measured: `broken` says what failed, if something did; the confirmation is null where none was needed. */
export type Sessions<Session extends JudgedSession = SessionData> = {
  broken: Reason | null;
  screen: Session | null;
  confirmation: Session | null;
};

/** The effect on the primary metric, in the session that decided. Medians in its unit; bounds are one-sided. */
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

/** A verdict on two arms, with all that it rests on. `primary` is null where nothing was measured to the end. */
export type Judged<Session extends JudgedSession = SessionData> = {
  verdict: Verdict;
  reasons: Reason[];
  primary: Primary | null;
  watchdogs: WatchdogJudgement[];
  sessions: Sessions<Session>;
};
