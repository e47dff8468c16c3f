import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { choice, text } from '../../options.ts';

/** Whose hooks are looked at. */
export const ofPlugins = {
  '--plugins <dir>': text('only the plugins in this folder: one, several, or a marketplace'),
};

/** What hooks find in the cage. */
export const inCage = {
  '--network <mode>': choice(
    'none, a sink that notes connections and answers them after 50 ms, or the real one',
    ['off', 'sink', 'real'],
    { otherwise: usualOptions.network },
  ),
  '--state <state>': choice('what a run left is there for the next, or each begins afresh', ['warm', 'fresh'], {
    otherwise: usualOptions.state,
  }),
};
