import { z } from 'zod';

/** Facts about a run that decide between several next stages; the engine computes them before each transition. */
export const guardNames = ['hotspots_left', 'at_limit', 'goal_met', 'unattended', 'attempt_open'] as const;
type Guard = (typeof guardNames)[number];
export type Facts = Record<Guard, boolean>;

/** What is done to the open attempt when a transition is taken. */
export const effectNames = ['commit', 'revert'] as const;
export type EffectName = (typeof effectNames)[number];

/** One way that a result may lead: taken when its guard holds. */
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

/** The events that every stage knows besides its own results. */
export const everywhere = { abort: 'aborted', escalate: 'escalated' } as const;
