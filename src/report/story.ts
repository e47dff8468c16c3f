/**
 * All that a report tells. The caller fills it from artifacts and samples; the renderers add no figure of their own except
 * quartiles. Every figure may be null where a run ended early. Improvements are in per cent of the base, positive is better;
 * regressions of watchdogs are in per cent too, positive is worse. Values stand in the unit of their metric.
 */
export type Story = {
  run: string;
  task: string;
  outcome: Outcome;
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
  /** One entry per profile that was taken, the latest last. */
  profile: StoryProfile[];
  attempts: StoryAttempt[];
  total: StoryTotal | null;
};

type Verdict = 'accepted' | 'rejected' | 'inconclusive';
export type Outcome = Verdict | 'aborted' | 'escalated';
export type Fact = { label: string; value: string };

/** Two-sided, in per cent; an end is null where the runs could not bound it. */
export type Interval = [number | null, number | null];

/** The samples of both arms, in the order in which they were taken. */
export type Arms = { base: number[]; candidate: number[] };

/** The contract in the words of a reader. */
export type StoryContract = {
  domain: string;
  script: string;
  primary: { name: string; unit: string; lower_is_better: boolean; source: string };
  /** The threshold in words, such as `at least 20 %`. */
  threshold: string;
  /** The threshold as numbers, to draw it; both when both must be reached. */
  threshold_pct: number | null;
  threshold_absolute: number | null;
  significance_required: boolean;
  test: string;
  alpha: number;
  claim: 'proven' | 'observed';
  confirm: boolean;
  isolation: string;
  order: string;
  watchdogs: { name: string; unit: string; lower_is_better: boolean; margin_pct: number }[];
  /** What else must hold, such as `correctness: npm test`. */
  guards: Fact[];
};

type StoryBaseline = {
  median: number;
  spread_pct: number | null;
  n: number;
  /** The smallest true improvement that would be seen four times in five. */
  resolvable_pct: number | null;
  samples: number[];
};

export type StoryProfile = { state: string; note: string; table: ProfileRow[] };

export type ProfileRow = {
  rank: number;
  function: string;
  file: string | null;
  line: number | null;
  self_pct: number | null;
  total_pct: number | null;
  ceiling_pct: number | null;
};

export type Effect = {
  /** Medians of the arms. */
  baseline: number | null;
  candidate: number | null;
  /** Null where a percentage has no meaning; then `improvement`, in the unit, is told. */
  improvement_pct: number | null;
  improvement: number | null;
  ci95_pct: Interval | null;
  /** One-sided, at the alpha that was spent: what a proven claim rests on. */
  lower_bound_pct: number | null;
  /** Null for values that were compared exactly. */
  p: number | null;
  n_base: number;
  n_candidate: number;
};

export type StoryAttempt = {
  attempt: number;
  hotspot: string;
  /** What was expected of it, in per cent. */
  predicted_pct: number | null;
  verdict: Verdict;
  reasons: string[];
  primary: Effect | null;
  screen: Arms | null;
  confirmation: Arms | null;
  watchdogs: StoryWatchdog[];
  commit: string | null;
  ref: string;
  diffstat: string;
  patch: string;
  duration_s: number | null;
  notes: string[];
};

export type StoryWatchdog = {
  name: string;
  verdict: 'pass' | 'pass_with_note' | 'undecided' | 'fail' | 'reject_at_cap';
  regression_pct: number | null;
  ci95_pct: Interval | null;
  margin_pct: number;
  baseline: number | null;
  candidate: number | null;
};

/** Base against final head, measured afresh, beside what the single gains would multiply to. */
export type StoryTotal = Effect & { samples: Arms; product_of_gains_pct: number | null };
