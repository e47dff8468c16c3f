import type { ActorStage } from '../record/state.ts';

/** A stage that only the team's own workflow defines. The engine shows its instructions and accepts any of its results. */
export const anyActor: ActorStage = {
  prepare: async () => ({ values: {}, draft: {}, body: '' }),
  receive: async (_, { result, body }) => ({ result, data: { note: body.trim() }, values: { note: body.trim() } }),
};
