import { setAside } from '../artifact/journal.ts';
import { runPaths } from '../artifact/paths.ts';
import { exit, isFailure } from '../core/errors.ts';
import { openRepo } from '../git/repo.ts';
import { abort } from '../workflow/abort.ts';
import { runOutcome } from '../workflow/outcome.ts';
import { runIds } from '../workflow/runs.ts';
import type { Run } from './command.ts';
import { withRun } from './with-run.ts';

export const run: Run = async (_, options, tools) => {
  try {
    return await withRun('abort', { options, tools }, async (session) => {
      const told = await abort(session, 'the user aborted it');
      if (tools.json) tools.out(JSON.stringify(runOutcome(session.run.state, session.run.paths)));
      else tools.say(['The run is aborted. Attempts are kept: `perf-gate attempts`.', ...told].join('\n'));
      return exit.done;
    });
  } catch (error) {
    if (!isFailure(error, 'journal_damaged')) throw error;
    const { project } = await openRepo(tools.cwd);
    const aside = setAside(runPaths(project, runIds(project).at(-1)!).journal, tools.clock.now());
    tools.say(`The journal could not be read. It was set aside as ${aside}; nothing else was touched.`);
    return exit.done;
  }
};
