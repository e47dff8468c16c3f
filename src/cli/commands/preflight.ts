import { exit } from '../../core/errors.ts';
import { scopingOf } from '../../record/history.ts';
import { runPreflight } from '../../run/approve.ts';
import { preflightText } from '../../stages/scoping.ts';
import type { Run } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const run: Run = (_, options, tools) =>
  withRun('preflight', { options, tools }, async (session) => {
    await runPreflight(session);
    const { contract, preflight } = scopingOf(session.run.state);
    if (tools.json) tools.out(JSON.stringify({ run: session.run.state.run, preflight }));
    else tools.out(preflightText(preflight!, contract));
    return exit.done;
  });
