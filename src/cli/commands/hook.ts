import { failure } from '../../core/errors.ts';
import type { Run } from '../command.ts';

/** Events that are known never come here: they have a bundle of their own. */
export const run: Run = async ([event = '']) => {
  throw failure('usage', {
    problem: `There is no hook “${event}”.`,
    hint: 'Use stop, session-start, user-prompt-submit, user-prompt-expansion or pre-tool-use.',
  });
};
