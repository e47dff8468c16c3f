import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { failure, isFailure } from '../../core/errors.ts';
import { writeWhole } from '../../core/fs.ts';
import { readUserFile } from '../../core/user-file.ts';
import type { SentinelHome } from '../store/home.ts';
import { openCache } from '../store/open.ts';
import { sentinelPaths } from '../store/paths.ts';
import type { Plan } from './plan.ts';

/**
 * A plan and its subject: the project in which the hooks were run, and the folder of plugins. If the folder of plugins is null, the plan is
 * for the project's hooks. Absolute paths.
 */
export type KeptPlan = { at: string; project: string; plugins: string | null } & Plan;

/** The part of a stored plan that `start --from-plan` needs. */
const schema = z.looseObject({
  at: z.string(),
  project: z.string(),
  plugins: z.nullable(z.string()),
  items: z.array(
    z.looseObject({
      item: z.number(),
      rule: z.string(),
      title: z.string(),
      hooks: z.array(z.string()),
      files: z.array(z.string()),
      action: z.string(),
      measured: z.nullable(z.object({ hook: z.string(), on: z.enum(['usual', 'irrelevant', 'long']) })),
    }),
  ),
});

export type PlanToStart = z.infer<typeof schema>;
export type ItemToStart = PlanToStart['items'][number];

/**
 * Stores the newest plan. The numbers of its items are valid until the next plan is stored. If the plan could not be stored, returns the
 * reason. Otherwise returns null.
 */
export function keepPlan(home: SentinelHome, plan: KeptPlan): string | null {
  try {
    openCache(home);
    writeWhole(sentinelPaths(home).plan, `${JSON.stringify(plan)}\n`);
    return null;
  } catch (error) {
    if (isFailure(error) || (error as NodeJS.ErrnoException).syscall) return (error as Error).message;
    throw error;
  }
}

/** The stored plan. @throws no_plan, plan_unreadable */
export function keptPlan(home: SentinelHome): PlanToStart {
  const file = sentinelPaths(home).plan;
  if (!existsSync(file)) throw failure('no_plan', { file });
  const read = schema.safeParse(parsed(file));
  if (!read.success)
    throw failure('plan_unreadable', { file, reason: 'this version of perf-gate expects another format' });
  return read.data;
}

/** The largest size of a plan file that is read. */
const MOST_BYTES = 16 * 1024 ** 2;

function parsed(file: string): unknown {
  try {
    return JSON.parse(readUserFile(file, MOST_BYTES).toString('utf8'));
  } catch (error) {
    throw failure('plan_unreadable', { file, reason: (error as Error).message });
  }
}
