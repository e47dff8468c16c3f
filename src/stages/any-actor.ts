import type { ActorStage } from '../record/state.ts';

/** A stage that only the team's own workflow knows: its instructions are shown, and any of its results is taken. */
export const anyActor: ActorStage = {
  prepare: async () => ({ values: {}, draft: {}, body: '' }),
  receive: async (_, { result, body }) => ({ result, data: { note: body.trim() }, values: { note: body.trim() } }),
};
