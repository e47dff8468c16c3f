import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { choice, number, text } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Whose hooks are looked at. */
export const ofPlugins = {
  '--plugins <dir>': text('only the plugins in this folder: one, several, or a marketplace'),
};

/** How long a command runs hooks. */
export const inTime = {
  '--limit-s <s>': number('begin no further execution after so many seconds', {
    least: 1,
    most: 86_400,
    otherwise: 300,
  }),
};

/** A person sees how far it is; programs and pipes see the result alone. */
export const progressing = (tools: Tools): Tools => (tools.interactive ? tools : { ...tools, notify: () => {} });

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
