import { resolve } from 'node:path';
import { exit } from '../../core/errors.ts';
import { submit } from '../../run/engine.ts';
import { runOutcome } from '../../run/outcome.ts';
import type { Run } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const run: Run = ([file], options, tools) =>
  withRun('submit', { options, tools }, async (session) => {
    const { paths, state } = session.run;
    await submit(session, file === undefined ? paths.draft(state.stage) : resolve(tools.cwd, file));
    const after = session.run.state;
    if (tools.json) tools.out(JSON.stringify(runOutcome(after, paths)));
    else
      tools.say(
        `Taken: ${state.stage} → ${after.stage}. Go on with \`perf-gate ${after.stage === 'scoping' ? 'approve' : 'next'}\`.`,
      );
    return exit.done;
  });
