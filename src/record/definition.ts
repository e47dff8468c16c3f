import { z } from 'zod';

/** Facts about a run on which the choice of the next stage can depend. perf-gate computes these facts before each transition. */
export const guardNames = ['hotspots_left', 'at_limit', 'goal_met', 'unattended', 'attempt_open'] as const;
type Guard = (typeof guardNames)[number];
export type Facts = Record<Guard, boolean>;

/** The two ways in which a transition can settle the open attempt: it commits the change, or reverts it. */
export const effectNames = ['commit', 'revert'] as const;
export type EffectName = (typeof effectNames)[number];

/**
 * A possible next stage after a result. The guard is the condition under which the run goes to this stage. The run goes to the first target
 * whose guard is true.
 */
const target = z.strictObject({
  when: z.enum(guardNames).optional(),
  do: z.enum(effectNames).optional(),
  to: z.string(),
});

export type Target = z.infer<typeof target>;

const stage = z.strictObject({
  by: z.enum(['engine', 'actor']),
  interruptible: z.boolean().default(false),
  instructions: z.string(),
  template: z.string(),
  results: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.union([z.string().transform((to): Target[] => [{ to }]), z.array(target).min(1)]),
  ),
});

/** The workflow as data: `workflow/perf-gate.yaml`, or `.perf-gate/workflow.yaml` of a repository. */
export const definitionSchema = z.strictObject({
  version: z.literal(1),
  initial: z.string(),
  stages: z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/), stage),
  ends: z.array(z.string()).min(1),
});

export type Definition = z.infer<typeof definitionSchema>;

/** The events that every stage accepts in addition to its own results. Each event leads to an end of the run. */
export const everywhere = { abort: 'aborted', escalate: 'escalated' } as const;
