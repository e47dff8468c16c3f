import type { Run } from './command.ts';
import { drive } from './drive.ts';
import { withRun } from './with-run.ts';

export const run: Run = (_, options, tools) =>
  withRun('resume', { options, tools }, async (session) => {
    if (session.run.state.paused) session.record({ type: 'resumed', by: 'resume' });
    return drive(session, tools);
  });
