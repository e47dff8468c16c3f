import { resolve } from 'node:path';
import type { Input } from '../../../sentinel/dry-run/inputs.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { choice, number, text, texts } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** The option that selects the plugins whose hooks are examined. */
export const ofPlugins = {
  '--plugins <dir>': text('examine only this folder, which is a plugin or a marketplace, or holds plugins'),
};

/** Options of Claude Code's own command line that add hooks. */
export const ofSession = {
  '--settings <file>': text('also examine these settings, as given to `claude --settings`: a file, or JSON'),
  '--plugin-dir <dir>': texts('also examine this plugin, as given to `claude --plugin-dir`; may be repeated'),
};

/** The smallest number of executions that gives a 95 % interval of a median. */
export const RUNS = 6;

/** By default, no further execution of hooks begins after this many seconds. */
export const LIMIT_S = 300;

/** The option that limits the time of a command that runs hooks. */
export const inTime = {
  '--limit-s <s>': number('begin no further execution after this many seconds', {
    least: 1,
    most: 86_400,
    otherwise: LIMIT_S,
  }),
};

/** Turns off progress events if the output is no terminal, so that a program or a pipe gets only the result. */
export const progressing = (tools: Tools): Tools => (tools.interactive ? tools : { ...tools, notify: () => {} });

/** Options of the cage. */
export const inCage = {
  '--network <mode>': choice(
    'off: no network; sink: a simulated network that records each connection and answers after 50 ms; real: the real network',
    ['off', 'sink', 'real'],
    { otherwise: usualOptions.network },
  ),
  '--state <state>': choice(
    'warm: an execution finds the files of the previous execution; fresh: every execution starts without such files',
    ['warm', 'fresh'],
    {
      otherwise: usualOptions.state,
    },
  ),
};

/** Options of the hooks' inputs. */
export const onInputs = {
  '--from-transcript <file>': text('run hooks on the inputs and results of a real session'),
};

/**
 * The inputs of hooks, as the transcript `file` of a session shows them. Empty if `file` is undefined.
 * @throws file_unreadable, no_session
 */
export async function recordedIn(file: string | undefined, { cwd }: Pick<Tools, 'cwd'>): Promise<Input[]> {
  if (file === undefined) return [];
  const { inputsOf } = await import('../../../sentinel/transcripts/inputs.ts');
  const { readInputs } = await import('../../../sentinel/dry-run/inputs.ts');
  return inputsOf(resolve(cwd, file), readInputs());
}
