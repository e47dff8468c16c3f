import * as z from 'zod/mini';
import { isDone } from '../artifact/journal.ts';
import { stageData } from './data.ts';

/** The data of a stage that ended without a result. */
const left = z.object({ reason: z.string(), told: z.optional(z.array(z.string())) });

/** The reason why a run left its stage. Empty if the stage had a result. */
export const whyLeft = (step: { result: string; data: unknown } | undefined): string =>
  step && !isDone(step) ? (step.data as z.infer<typeof left>).reason : '';

/**
 * The data of an actor's stage without a schema: a stage of the team's own workflow, or a stage that the engine normally does.
 */
const ownStage = z.strictObject({ note: z.string() });

/** Reads the data of a transition by the schema of its stage. */
export function readStepData(stage: string, result: string, data: unknown): { success: boolean; data?: unknown } {
  if (!isDone({ result })) return left.safeParse(data);
  const own = ownStage.safeParse(data);
  if (own.success || !Object.hasOwn(stageData, stage)) return own;
  return stageData[stage as keyof typeof stageData].safeParse(data);
}
