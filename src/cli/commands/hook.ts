import { failure } from '../../core/errors.ts';
import { define } from '../command.ts';

/** Only an unknown event comes here: the known ones have a bundle of their own. */
export const command = define({
  name: 'hook',
  group: 'hooks',
  arguments: '<event>',
  summary: 'answer a hook of the agent’s client: JSON on stdin, JSON or nothing on stdout',
  detail:
    'Events: stop, session-start, user-prompt-submit, user-prompt-expansion, pre-tool-use. Always ends with 0: a hook that fails must not block the client.',
  example: 'perf-gate hook stop < event.json',
  async run({ event }) {
    throw failure('usage', {
      problem: `There is no hook “${event}”.`,
      hint: 'Use stop, session-start, user-prompt-submit, user-prompt-expansion or pre-tool-use.',
    });
  },
});
