import * as z from 'zod/mini';
import type { Contract } from '../contract/schema/contract.ts';
import { byName } from '../core/by-name.ts';
import type { Judged, Sessions } from '../experiment/judged.ts';
import type { Forecast } from '../stats/forecast.ts';
import {
  caveats,
  interval,
  isObject,
  not_in_a_clone,
  nullableNumber,
  primary,
  reason,
  session,
  sessions,
  snapshot,
  verdict,
  warning,
  watchdog,
} from './judged-schema.ts';
import { signs } from './signs.ts';

/** This file defines the data that a stage records, both in the frontmatter of its artifact and in its line of the journal. */

/** An attempt's mean executions and its chance of acceptance. Each field names the assumed effect, such as `twice` the threshold. */
const forecast = z.union([
  z.object({
    no_effect_executions: z.number(),
    twice_executions: z.number(),
    one_and_a_half_accepted_pct: z.number(),
  }),
  z.object({ no_effect_executions: z.number(), no_effect_held_pct: z.number() }),
]) satisfies z.ZodMiniType<Forecast, unknown>;

/** The results of the pre-flight, which checks that the repro runs and that its samples can show an effect of `resolvable_pct`. */
export const preflight = z.object({
  contract_hash: z.string(),
  runs: z.number(),
  /** The last sample of each metric, in the metric's unit. */
  observed: byName(z.number()),
  seconds_per_run: z.number(),
  /** The robust spread of the primary metric over the pilot executions, in per cent of its median. */
  spread_pct: nullableNumber,
  /** The smallest true improvement, in per cent, that a session accepts with a probability of 80 %. */
  resolvable_pct: nullableNumber,
  /** Whether the pilot executions printed the same output: `agrees` if the contract requires it, else `same` or `varies`. */
  output: z.enum(['agrees', 'not compared', 'same', 'varies']),
  estimate: z.object({
    executions_per_attempt: z.number(),
    minutes_per_attempt: z.number(),
    minutes_in_all: z.number(),
  }),
  /** The forecast of an attempt at the noise of the pilot executions. Null for exact metrics. Absent in old runs. */
  forecast: z.optional(z.nullable(forecast)),
  warnings: z.array(z.string()),
});
export type Preflight = z.infer<typeof preflight>;

/** The recorded contract. Only the form of the contract is checked here. `parseContract` checks the contract before it is applied. */
export const sealedContract = z.custom<Contract>(isObject);

const scoping = z.object({
  contract: sealedContract,
  contract_hash: z.string(),
  /** SHA-256 of each protected file, by its path in the project. */
  protected: byName(z.string()),
  /** Patterns that perf-gate protects by default, and the contract's exceptions as `!pattern`. Absent in old runs. */
  sealed: z.optional(z.array(z.string())),
  /** SHA-256 of each git setting (see `gitSettings`), by name. Absent before the approval, and in old runs. */
  git_settings: z.optional(byName(z.string())),
  repo_context: z.record(z.string(), z.unknown()),
  preflight: z.nullable(preflight),
  approved_by: z.nullable(z.string()),
  /** A keyed hash that binds the approval to this machine and this clone. Null until the contract is approved. */
  approval: z.nullable(z.string()),
});

const baseline = z.object({
  /** The statistical test of later sessions. If the contract says `auto`, the baseline's samples determine the test. */
  test: z.enum(['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma']),
  /** The numbers of pairs at the looks of later sessions. For `auto`, the baseline's samples determine them. Absent in old runs. */
  looks: z.optional(z.array(z.number())),
  /** The median of the primary metric, in `unit`. */
  baseline: z.number(),
  unit: z.string(),
  /** The robust standard deviation of the samples, in per cent of the median. */
  spread_pct: nullableNumber,
  resolvable_pct: nullableNumber,
  watchdogs: z.array(z.object({ name: z.string(), unit: z.string(), median: z.number(), spread_pct: nullableNumber })),
  /** The sessions that measured the base against itself: one, or two if the first showed a difference. */
  aa: z.array(session),
  seconds_per_run: z.number(),
  environment: z.record(z.string(), z.unknown()),
  frozen: z.object({ skipped: z.array(z.string()) }),
  warnings: z.array(warning),
  /** The reason why the run cannot continue. Null if the run can continue. */
  reason: z.nullable(z.string()),
});

/** Code that may be worth optimizing. Only `id` is required, because an actor can name code that no profile shows. */
const hotspot = z.object({
  id: z.string(),
  function: z.optional(z.string()),
  file: z.optional(z.nullable(z.string())),
  line: z.optional(nullableNumber),
  /** The most expensive lines of the hotspot, in descending order of their cost. Absent if the profiler records no lines. */
  hot_lines: z.optional(z.array(z.number())),
  /** The hotspot's shares of the profile, in per cent. */
  self_pct: z.optional(z.number()),
  total_pct: z.optional(z.number()),
  /**
   * The largest possible improvement, in per cent (Amdahl's law). It would be reached if the hotspot itself cost nothing and its callees in
   * the project cost as much as now.
   */
  ceiling_pct: z.optional(z.number()),
  samples: z.optional(nullableNumber),
  /** The 95 % interval of `ceiling_pct`. Null if the profiler counts and does not sample. Absent if `ceiling_pct` is absent. */
  ceiling_ci95_pct: z.optional(z.nullable(z.tuple([z.number(), z.number()]))),
  /** Whether `ceiling_pct`, or the upper end of its interval, reaches the threshold. Absent if the hotspot has a single sample. */
  reaches_threshold: z.optional(z.boolean()),
  /** Facts of the profile, other than the cost, that suggest ways to optimize the hotspot. Absent in old runs. */
  signs: z.optional(signs),
  /** True if the hotspot's file is protected, so that a fix must not touch the file. */
  protected: z.optional(z.literal(true)),
  /** This field and the fields below come from an actor's proposal. A profile's ranking does not have these fields. */
  what: z.optional(z.string()),
  /** The evidence for the proposal: a line of the profile, of the code, or of a log. */
  why: z.optional(z.string()),
  technique: z.optional(z.string()),
  /** The improvement that the actor expects, in per cent. */
  predicted_pct: z.optional(z.number()),
  effort: z.optional(z.enum(['small', 'medium', 'large'])),
  risk: z.optional(z.enum(['low', 'medium', 'high'])),
  /** A failed trial of this hotspot in an earlier run, on the same code. */
  tried: z.optional(z.string()),
});
export type Hotspot = z.infer<typeof hotspot>;

const hotspots = z.object({ hotspots: z.array(hotspot), chosen_by: z.string() });

/** Whether the hotspot of an accepted change costs a smaller share of the profile than before the change. */
const mechanism = z.object({
  hotspot: z.string(),
  /** The hotspot's share before and after the change, in per cent. The share includes code outside the project that the hotspot calls. */
  before_pct: z.number(),
  after_pct: z.number(),
  /** The 95 % interval of the share's decrease, in percentage points. Null if the profiler counts and does not sample. */
  fell_ci95: z.nullable(z.tuple([z.number(), z.number()])),
  says: z.enum(['confirmed', 'partly', 'not_confirmed', 'cannot_tell']),
  /** The hotspot's cost before and after the change, in the profile's unit. Absent in old runs. */
  cost: z.optional(z.object({ before: z.number(), after: z.number(), unit: z.string() })),
});
export type Mechanism = z.infer<typeof mechanism>;

const profile = z.object({
  state: z.enum(['profiled', 'failed']),
  tool: z.string(),
  /** The profiler's remark, or the reason why the profiler failed. */
  note: z.string(),
  files: z.array(z.string()),
  total: nullableNumber,
  unit: z.string(),
  /** The number of the profile's samples. Null if the profiler counts. Absent in old runs. */
  samples: z.optional(nullableNumber),
  /** The time that the program waited, in `unit`, if the profiler records it. Not part of `total`. Absent in old runs. */
  idle: z.optional(z.number()),
  hotspots: z.array(hotspot),
  /** Whether the last accepted change made its hotspot cheaper. Null if no change was accepted before this profile. */
  mechanism: z.optional(z.nullable(mechanism)),
});

const changedPaths = z.array(z.object({ path: z.string(), status: z.string() }));

const fix = z.object({
  hotspot,
  /** The reason why the fix was skipped and not measured. Null if the fix was submitted. */
  skipped: z.nullable(z.string()),
  /** The actor's description of the change. Empty without a description. Absent in old runs. */
  note: z._default(z.string(), ''),
  /** The branch's newest commit when the fix began. */
  tip: z.string(),
  /** The newest commit that was made since the fix began. Null if no commit was made. Commits during a fix belong to the attempt. */
  commits: z.nullable(z.object({ found: z.string() })),
  /** The base's snapshot, with which the attempt is compared. */
  base: snapshot,
  /** The snapshot of the attempt, kept under `ref`. */
  snapshot,
  ref: z.string(),
  changes: changedPaths,
  diffstat: z.string(),
});

const remeasure = z.object({
  ...sessions,
  /** One or two sessions of the base against itself, if the attempt's host had not measured the base before. */
  control: z.optional(z.array(session)),
  /** The files that could not be copied into the arms. */
  skipped_files: z.array(z.string()),
  not_in_a_clone,
  told: caveats,
});

const attempt = z.object({
  attempt: z.number(),
  /** The id of the hotspot that the attempt fixes. */
  hotspot: z.string(),
  /** The improvement that the proposal expected, in per cent. Null if the proposal named no number, and in old runs. */
  predicted_pct: z._default(nullableNumber, null),
  verdict,
  reasons: z.array(reason),
  primary: z.nullable(primary),
  watchdogs: z.array(watchdog),
  told: caveats,
  ref: z.string(),
  base: snapshot,
  snapshot,
  changes: changedPaths,
  diffstat: z.string(),
  not_in_a_clone,
});

const report = z.object({
  outcome: verdict,
  /** The session of the base against the final head. Null if no change was accepted. */
  total: z.nullable(z.object({ improvement_pct: nullableNumber, ci95_pct: z.nullable(interval) })),
  session: z.nullable(session),
  /** The product of the accepted changes' gains, in per cent. */
  product_of_gains_pct: nullableNumber,
  /** SHA-256 of `report.html`. */
  html_hash: z.string(),
});

/** The schema of the data of each stage. */
export const stageData = { scoping, baseline, profile, hotspots, fix, remeasure, verdict: attempt, report };

export type StageData = { [Stage in keyof typeof stageData]: z.infer<(typeof stageData)[Stage]> };
export type ScopingData = StageData['scoping'];
export type BaselineData = StageData['baseline'];
export type ProfileData = StageData['profile'];
export type HotspotsData = StageData['hotspots'];
export type FixData = StageData['fix'];
export type ReportData = StageData['report'];
export type Total = NonNullable<ReportData['total']>;

/** The data of the stage `remeasure`, with its sessions in the type `Sessions` of src/experiment. */
export type RemeasureData = StageData['remeasure'] & Sessions;
/** A judged attempt: its verdict, and the change. */
export type AttemptRecord = StageData['verdict'] & Omit<Judged, 'sessions'>;
