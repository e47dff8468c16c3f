import { events } from '../../agent/hooks/protocol.ts';
import { failure } from '../../core/errors.ts';
import { define } from '../command.ts';

/** Handles only unknown events. src/cli/hook.ts handles known events, and makes every call exit with 0. */
export const command = define({
  name: 'hook',
  group: 'hooks',
  arguments: '<event>',
  completes: Object.keys(events),
  summary: 'answer a hook of the agent’s client: reads JSON on stdin, prints JSON or nothing',
  detail: `Events: ${Object.keys(events).join(', ')}. The exit code is always 0: a hook that fails must not block the client.`,
  example: 'perf-gate hook stop < event.json',
  async run({ event }) {
    throw failure('usage', {
      problem: `There is no hook “${event}”.`,
      hint: `Use one of: ${Object.keys(events).join(', ')}.`,
    });
  },
});
