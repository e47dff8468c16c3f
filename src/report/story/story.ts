import type { Contract } from '../../contract/schema/contract.ts';
import type { Answer, JudgedSession, Verdict } from '../../experiment/judged.ts';
import type { OutcomeName } from '../../record/outcome.ts';
import type { Judgement } from '../../stats/judgement.ts';
import type { WatchdogJudgement } from '../../stats/watchdog.ts';

/**
 * Everything that a report shows. These values are computed from artifacts and samples. The renderers print them, and compute only
 * quartiles themselves. A number is null if the run ended before the number was known. Improvements are in per cent of the base, positive
 * is better. Regressions of watchdogs are in per cent of the base, positive is worse. Values are in the unit of their metric.
 */
export type Story = {
  run: string;
  task: string;
  outcome: OutcomeName;
  outcome_reason?: string;
  branch: string | null;
  /** ISO 8601. */
  started_at: string;
  finished_at: string | null;
  repository: { base_commit: string | null; final_commit: string | null; project: string };
  environment: Fact[];
  contract: StoryContract;
  warnings: string[];
  baseline: StoryBaseline | null;
  /** The profiles of the run, the latest last. */
  profile: StoryProfile[];
  attempts: StoryAttempt[];
  total: StoryTotal | null;
};

export type Fact = { label: string; value: string };

/** The samples of both arms, in order of measurement. If undelayed wall time was judged, also the samples of raw wall time. */
export type Arms = { base: number[]; candidate: number[] } & Pick<JudgedSession, 'raw_wall' | 'undelayed_wall'>;

/** The threshold and claim, in words and as numbers for the charts. */
export type Terms = {
  primary: { name: string; unit: string; lower_is_better: boolean };
  /** The requirement in words, such as `at least 20 % less wall_ms`. */
  threshold: string;
  /** The requirement as numbers. If both are set, the improvement must reach both numbers. */
  threshold_pct: number | null;
  threshold_absolute: number | null;
  significance_required: boolean;
  claim: Contract['claim'];
  watchdogs: { name: string; unit: string; lower_is_better: boolean; margin_pct: number }[];
};

/** The contract as text. */
export type StoryContract = Terms & {
  domain: string;
  script: string;
  primary: { source: string };
  test: string;
  alpha: number;
  confirm: boolean;
  isolation: string;
  order: string;
  /** The conditions of a verdict in addition to the threshold, such as `correctness: npm test`. */
  guards: Fact[];
};

type StoryBaseline = {
  median: number;
  spread_pct: number | null;
  n: number;
  /** The smallest true improvement that a session detects with a probability of 80 %, in per cent. */
  resolvable_pct: number | null;
  samples: number[];
};

/** `failed`: one line about why the profiler failed. Null if it succeeded. */
export type StoryProfile = { state: string; failed: string | null; note: string; table: ProfileRow[] };

export type ProfileRow = {
  rank: number;
  function: string;
  file: string | null;
  line: number | null;
  self_pct: number | null;
  total_pct: number | null;
  ceiling_pct: number | null;
};

/**
 * The effect on the primary metric, with intervals in per cent and in its unit. Numbers are null if the run ended before the numbers were
 * known.
 */
export type Effect = Nullable<Pick<Judgement, 'baseline' | 'candidate' | 'improvement' | 'ci95' | 'lower_bound'>> &
  Pick<Judgement, 'improvement_pct' | 'ci95_pct' | 'lower_bound_pct' | 'p' | 'n_base' | 'n_candidate'>;

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** A verdict with its reasons and warnings in words. `arms` holds the samples of each session that was measured. */
export type StoryVerdict = {
  verdict: Verdict;
  /** The word that is printed for the verdict. Outside of a run, the claim `no_worse` has its own words. */
  word: Verdict | Answer;
  reasons: string[];
  /** The caveats of an accepted change, in words. */
  caveats: string[];
  primary: Effect | null;
  watchdogs: StoryWatchdog[];
  screen: Arms | null;
  confirmation: Arms | null;
  notes: string[];
};

export type StoryAttempt = StoryVerdict & {
  attempt: number;
  hotspot: string;
  /** The predicted improvement, in per cent. */
  predicted_pct: number | null;
  commit: string | null;
  ref: string;
  diffstat: string;
  patch: string;
  duration_s: number | null;
};

export type StoryWatchdog = Pick<WatchdogJudgement, 'name' | 'verdict' | 'regression_pct' | 'margin_pct'> &
  Nullable<Pick<WatchdogJudgement, 'ci95_pct' | 'baseline' | 'candidate'>>;

/**
 * The final head, compared with the base in a separate session. `product_of_gains_pct`: the product of the gains of all accepted changes.
 */
export type StoryTotal = Effect & { samples: Arms; product_of_gains_pct: number | null };
