import { resolve } from 'node:path';
import type { Input } from '../../../sentinel/dry-run/inputs.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { choice, number, text, texts } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Whose hooks are looked at. */
export const ofPlugins = {
  '--plugins <dir>': text('only the plugins in this folder: one, several, or a marketplace'),
};

/** What a session was started with: words of Claude Code's own command line. */
export const ofSession = {
  '--settings <file>': text('also settings that Claude Code is started with: a file, or JSON'),
  '--plugin-dir <dir>': texts('also a plugin that Claude Code is started with; may be repeated'),
};

/** From so many executions on, a median has an interval of 95 %. */
export const RUNS = 6;

/** Begin no further execution of hooks after so many seconds. */
export const LIMIT_S = 300;

/** How long a command runs hooks. */
export const inTime = {
  '--limit-s <s>': number('begin no further execution after so many seconds', {
    least: 1,
    most: 86_400,
    otherwise: LIMIT_S,
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

/** What hooks are run on. */
export const onInputs = {
  '--from-transcript <file>': text('run hooks on what happened in a session: real inputs and results, of real size'),
};

/** The inputs of a session; none where no transcript is named. @throws file_unreadable, no_session */
export async function recordedIn(file: string | undefined, { cwd }: Pick<Tools, 'cwd'>): Promise<Input[]> {
  if (file === undefined) return [];
  const { inputsOf } = await import('../../../sentinel/transcripts/inputs.ts');
  const { readInputs } = await import('../../../sentinel/dry-run/inputs.ts');
  return inputsOf(resolve(cwd, file), readInputs());
}
