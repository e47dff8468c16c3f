import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { writeWhole } from '../../core/fs.ts';
import { readUserText } from '../../core/user-file.ts';
import type { SentinelHome } from '../store/home.ts';
import { sentinelPaths } from '../store/paths.ts';
import type { Plan } from './plan.ts';

/** A plan with what it is about: the project that the hooks were run in, and the folder of plugins, or null for the hooks of the project. Absolute. */
export type KeptPlan = { at: string; project: string; plugins: string | null } & Plan;

/** What `start --from-plan` needs of a plan. */
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
      measured: z.nullable(z.object({ hook: z.string(), on: z.enum(['usual', 'irrelevant']) })),
    }),
  ),
});

export type PlanToStart = z.infer<typeof schema>;
export type ItemToStart = PlanToStart['items'][number];

/** Keeps the newest plan: its numbers hold until the next. */
export function keepPlan(home: SentinelHome, plan: KeptPlan): void {
  writeWhole(sentinelPaths(home).plan, `${JSON.stringify(plan)}\n`);
}

/** The plan that was made last. @throws no_plan, plan_unreadable */
export function keptPlan(home: SentinelHome): PlanToStart {
  const file = sentinelPaths(home).plan;
  if (!existsSync(file)) throw failure('no_plan', { file });
  const read = schema.safeParse(parsed(file));
  if (!read.success) throw failure('plan_unreadable', { file, reason: 'it is no plan of this version' });
  return read.data;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readUserText(file));
  } catch (error) {
    throw failure('plan_unreadable', { file, reason: (error as Error).message });
  }
}
