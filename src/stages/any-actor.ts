import type { ActorStage } from '../record/state.ts';

/**
 * The code of stages that are not built in. A team's own workflow defines such stages. perf-gate shows the stage's instructions to the
 * actor, and accepts each result that the workflow lists.
 */
export const anyActor: ActorStage = {
  prepare: async () => ({ values: {}, draft: {}, body: '' }),
  receive: async (_, { result, body }) => ({ result, data: { note: body.trim() }, values: { note: body.trim() } }),
};
