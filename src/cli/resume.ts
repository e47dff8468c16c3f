import { failure } from '../core/errors.ts';
import { isLeft } from '../workflow/leave.ts';
import type { Run } from './command.ts';
import { drive } from './drive.ts';
import { withRun } from './with-run.ts';

export const run: Run = (_, options, tools) =>
  withRun('resume', { options, tools, endedToo: true }, async (session) => {
    const { state } = session.run;
    if (isLeft(state)) throw failure('no_active_run', { run: state.run, ended: state.ended! });
    if (session.run.state.paused) session.record({ type: 'resumed', by: 'resume' });
    return drive(session, tools);
  });
