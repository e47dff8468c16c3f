import { refuseLinks } from '../../artifact/own-folders.ts';
import { runPaths } from '../../artifact/paths.ts';
import { failure } from '../../core/errors.ts';
import { openRepo } from '../../git/repo.ts';
import { chooseRun } from '../../record/runs.ts';
import type { RunState } from '../../record/state.ts';
import { forgetBackground } from '../../run/background.ts';
import { whileThere } from '../../run/gone.ts';
import { type OpenRun, openForWriting } from '../../run/open-run.ts';
import { catchUp, isRefusal, noteCrash } from '../../run/recover.ts';
import { locked } from '../../run/run-lock.ts';
import { projectOfRuns } from '../project.ts';
import type { Tools } from './tools.ts';

/**
 * The kinds of runs that a command accepts in addition to an active run. `endedToo`: a run that has ended. `stuckToo`: a run whose
 * interrupted start cannot be completed.
 */
type Accepts = { endedToo?: boolean; stuckToo?: boolean };

/**
 * Opens the run for a command that changes it, and calls `act`. First, it completes the work that a killed process had begun, such as an
 * `undo`. `before`: the run's state before this completion.
 * @throws no_active_run: the run has ended
 * @throws run_locked
 */
export async function withRun<T>(
  what: string,
  { tools, endedToo = false, stuckToo = false }: Accepts & { tools: Tools },
  act: (opened: OpenRun, before: RunState) => Promise<T>,
): Promise<T> {
  const repo = await openRepo(projectOfRuns(tools.cwd));
  const id = chooseRun(repo.project);
  return locked(repo, what, async (lock) => {
    refuseLinks(repo.project, id);
    forgetBackground(runPaths(repo.project, id));
    const opened = openForWriting(repo, id, tools, lock);
    const before = opened.run.state;
    if (lock.died) noteCrash(opened, lock.died);
    await catchUp(opened).catch((error: unknown) => {
      if (!stuckToo || !isRefusal(error)) throw error;
    });
    if (opened.run.state.ended && !endedToo) throw failure('no_active_run', { run: id, ended: opened.run.state.ended });
    return whileThere(opened.run, () => act(opened, before));
  });
}
