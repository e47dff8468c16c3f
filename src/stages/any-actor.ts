import type { ActorStage } from '../record/state.ts';

/**
 * A stage that the team's own workflow defines and perf-gate does not know. perf-gate shows the stage's instructions to the actor, and
 * accepts any of the stage's results.
 */
export const anyActor: ActorStage = {
  prepare: async () => ({ values: {}, draft: {}, body: '' }),
  receive: async (_, { result, body }) => ({ result, data: { note: body.trim() }, values: { note: body.trim() } }),
};
