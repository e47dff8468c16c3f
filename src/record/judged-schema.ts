import * as z from 'zod/mini';
import type { Caveat } from '../experiment/caveats/caveat.ts';
import type { Reason, RoomOfSession, Warning } from '../experiment/judged.ts';
import { type Apart, apartKinds } from '../git/apart.ts';
import type { Judgement } from '../stats/judgement.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';

/** Schemas of the recorded results of experiments. The types are defined in `src/experiment`. */

export const nullableNumber = z.nullable(z.number());
export const interval = z.tuple([nullableNumber, nullableNumber]);
export const snapshot = z.object({ commit: z.string(), tree: z.string() });
export const verdict = z.enum(['accepted', 'rejected', 'inconclusive']);

export const apart = z.object({
  what: z.enum(apartKinds),
  paths: z.array(z.string()),
  count: z.number(),
}) satisfies z.ZodMiniType<Apart, unknown>;

/** Differences between the candidate's copy and a fresh clone of the commit. Absent if nothing was measured, and in old runs. */
export const not_in_a_clone = z.optional(z.array(apart));

export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const coded = z.custom<{ code: string }>(
  (value) => isObject(value) && typeof (value as { code?: unknown }).code === 'string',
);

/** Versions before 0.2 wrote a reason as the string `code: sentence`. */
const oldReason = z.pipe(
  z.string(),
  z.transform((line): Reason => {
    const [, code = 'unknown', text = line] = /^([a-z_]+): (.*)$/s.exec(line) ?? [];
    return { code, text };
  }),
);
export const reason = z.union([oldReason, coded as unknown as z.ZodMiniType<Reason, unknown>]);

/** Versions before 0.2 wrote a warning as a sentence. */
const oldWarning = z.pipe(
  z.string(),
  z.transform((text): Warning => ({ code: 'told', text })),
);
export const warning = z.union([oldWarning, coded as unknown as z.ZodMiniType<Warning, unknown>]);

/** Caveats of an accepted change. Versions before 0.3 recorded no caveats. */
export const caveats = z._default(z.array(coded as unknown as z.ZodMiniType<Caveat, unknown>), []);

export const watchdog = z.object({
  name: z.string(),
  verdict: z.enum(['pass', 'fail', 'undecided', 'pass_with_note', 'reject_at_cap']),
  regression_pct: nullableNumber,
  ci95_pct: interval,
  upper_bound_pct: nullableNumber,
  lower_bound_pct: nullableNumber,
  p: nullableNumber,
  baseline: z.number(),
  candidate: z.number(),
  margin_pct: z.number(),
  n_base: z.number(),
  n_candidate: z.number(),
}) satisfies z.ZodMiniType<WatchdogJudgement, unknown>;

/** The fields of an effect: its size and its interval. The schemas below of a judgement and of the primary metric contain these fields. */
const effect = {
  baseline: z.number(),
  candidate: z.number(),
  improvement_pct: nullableNumber,
  improvement: z.number(),
  ci95_pct: z.nullable(interval),
  lower_bound_pct: nullableNumber,
  upper_bound_pct: nullableNumber,
  p: nullableNumber,
  cles: z.number(),
  n_base: z.number(),
  n_candidate: z.number(),
};

export const primary = z.object({ name: z.string(), unit: z.string(), ...effect });

const judgement = z.object({
  ...effect,
  ci95: interval,
  lower_bound: nullableNumber,
  upper_bound: nullableNumber,
  p_shifted: nullableNumber,
  p_values: z.object({
    mann_whitney: nullableNumber,
    wilcoxon_signed_rank: nullableNumber,
    mean_2sigma: nullableNumber,
  }),
  u: z.number(),
  w: nullableNumber,
  alpha: z.number(),
  passes: z.boolean(),
  futile: z.boolean(),
  below_threshold: z.boolean(),
  /** Records of perf-gate before 0.2 lack this field, because futility was then decided by the estimate alone. */
  unlikely: z._default(z.nullable(z.object({ runs: nullableNumber })), null),
  warnings: z.array(coded as unknown as z.ZodMiniType<Judgement['warnings'][number], unknown>),
}) satisfies z.ZodMiniType<Judgement, unknown>;

const twoArms = z.object({ base: z.array(z.number()), candidate: z.array(z.number()) });

export const room = z.custom<RoomOfSession>(
  (value) =>
    isObject(value) && ['namespaces', 'landlock', 'none'].includes((value as { walls?: unknown }).walls as string),
);

export const session = z.object({
  session: z.string(),
  samples_hash: z.nullable(z.string()),
  seed: z.string(),
  order: z.enum(['interleaved', 'sequential']),
  method: z.string(),
  host: z.optional(z.string()),
  tree_method: z._default(z.nullable(z.string()), null),
  room: z.optional(room as unknown as z.ZodMiniType<RoomOfSession, unknown>),
  pairs: z.number(),
  executions: z.number(),
  base: z.array(z.number()),
  candidate: z.array(z.number()),
  raw_wall: z.optional(twoArms),
  undelayed_wall: z.optional(twoArms),
  judgement: z.nullable(judgement),
  watchdogs: z.array(watchdog),
  stopped: z.enum(['passed', 'futile', 'unlikely', 'cap', 'exact', 'broken']),
  warnings: z.array(warning),
});

/** The sessions of an experiment. `broken`: the reason why the measurement stopped early, or null. */
export const sessions = {
  broken: z.nullable(reason),
  screen: z.nullable(session),
  confirmation: z.nullable(session),
};
