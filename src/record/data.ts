import type { Contract } from '../contract/schema/contract.ts';
import type { Judged, SessionData, Sessions, Verdict, Warning } from '../experiment/judged.ts';
import type { Interval } from '../stats/judgement.ts';

/** What the pre-flight saw: the repro runs, its metrics are observable, and how finely they can be told apart. */
export type Preflight = {
  contract_hash: string;
  runs: number;
  observed: Record<string, number>;
  seconds_per_run: number;
  /** Robust spread of the primary over the pilot runs, in per cent of its median. */
  spread_pct: number | null;
  /** The smallest true improvement, in per cent, that would be seen four times in five. */
  resolvable_pct: number | null;
  output: 'agrees' | 'not compared';
  estimate: { executions_per_attempt: number; minutes_per_attempt: number; minutes_in_all: number };
  warnings: string[];
};

export type ScopingData = {
  contract: Contract;
  contract_hash: string;
  protected: Record<string, string>;
  repo_context: Record<string, unknown>;
  preflight: Preflight | null;
  approved_by: string | null;
  /** Binds the approval to this machine and this clone; null while pending. */
  approval: string | null;
};

export type BaselineData = {
  test: 'mann_whitney' | 'wilcoxon_signed_rank' | 'mean_2sigma';
  baseline: number;
  unit: string;
  spread_pct: number | null;
  resolvable_pct: number | null;
  watchdogs: { name: string; unit: string; median: number; spread_pct: number | null }[];
  aa: SessionData[];
  seconds_per_run: number;
  environment: Record<string, unknown>;
  frozen: { skipped: string[] };
  warnings: Warning[];
  reason: string | null;
};

export type ProfileData = {
  state: 'profiled' | 'failed';
  tool: string;
  note: string;
  files: string[];
  total: number | null;
  unit: string;
  /** What the shares rest on; null where everything was counted, and in runs of before it was kept. */
  samples?: number | null;
  hotspots: Hotspot[];
  /** Whether the change that was accepted before this profile took away what it was about. */
  mechanism?: Mechanism | null;
};

/** Whether the place that an accepted change was about really costs less of the whole than before it. */
export type Mechanism = {
  hotspot: string;
  /** Its share of the profile before and after, in per cent: itself with what ran outside of the project on its behalf. */
  before_pct: number;
  after_pct: number;
  /** The 95 % interval of what it fell by, in points; null where nothing was sampled. */
  fell_ci95: [number, number] | null;
  says: 'confirmed' | 'partly' | 'not_confirmed' | 'cannot_tell';
  /** The same as amounts of the profile's unit; not kept in runs of before. */
  cost?: { before: number; after: number; unit: string };
};

/** One place that may be worth fixing. Only `id` is certain: an actor may name a place that no profile shows. */
export type Hotspot = {
  id: string;
  function?: string | undefined;
  file?: string | null | undefined;
  line?: number | null | undefined;
  /** Its lines that cost most, most expensive first, where the profiler tells. */
  hot_lines?: number[] | undefined;
  self_pct?: number | undefined;
  total_pct?: number | undefined;
  /** The largest improvement, in per cent, that making it free could give while what it calls in the project stays as it is (Amdahl). */
  ceiling_pct?: number | undefined;
  samples?: number | undefined;
  /** The 95 % interval of the ceiling; null where nothing was sampled. */
  ceiling_ci95_pct?: [number, number] | null | undefined;
  /** Whether the contract's threshold lies within that. */
  reaches_threshold?: boolean | undefined;
} & Proposal;

/** What whoever ranked it says of it; the engine's own ranking says nothing. */
type Proposal = {
  /** What would be changed. */
  what?: string | undefined;
  /** The evidence: a line of the profile, of the code, of a log. */
  why?: string | undefined;
  technique?: string | undefined;
  /** The improvement that is expected, in per cent; what came of it is told beside it later. */
  predicted_pct?: number | undefined;
  effort?: 'small' | 'medium' | 'large' | undefined;
  risk?: 'low' | 'medium' | 'high' | undefined;
  /** What came of it in an earlier run, where the code is still the same. */
  tried?: string | undefined;
};

export type HotspotsData = { hotspots: Hotspot[]; chosen_by: string };

type ChangedPath = { path: string; status: string };

export type FixData = {
  hotspot: Hotspot;
  /** Why there was nothing to measure, for a skipped fix. */
  skipped: string | null;
  note: string;
  tip: string;
  /** Commits that appeared on the branch during the fix; they belong to the attempt. */
  commits: { found: string } | null;
  base: { commit: string; tree: string };
  snapshot: { commit: string; tree: string };
  ref: string;
  changes: ChangedPath[];
  diffstat: string;
};

export type RemeasureData = Sessions & { skipped_files: string[] };

/** An attempt that was judged: its verdict, and what was tried. */
export type AttemptRecord = Omit<Judged, 'sessions'> & {
  attempt: number;
  hotspot: string;
  /** What the proposal expected, in per cent; null where it said nothing. */
  predicted_pct: number | null;
  ref: string;
  base: { commit: string; tree: string };
  snapshot: { commit: string; tree: string };
  changes: ChangedPath[];
  diffstat: string;
};

export type Total = { improvement_pct: number | null; ci95_pct: Interval | null };

export type ReportData = {
  outcome: Verdict;
  total: Total | null;
  session: SessionData | null;
  product_of_gains_pct: number | null;
  /** SHA-256 of `report.html`. */
  html_hash: string;
};
