import { relative } from 'node:path';
import { setAside } from '../../artifact/journal.ts';
import { runPaths, runsDir } from '../../artifact/paths.ts';
import { exit, failure, isFailure } from '../../core/errors.ts';
import { dropStrayArms } from '../../experiment/arms-folder.ts';
import { openRepo } from '../../git/repo.ts';
import { readRun } from '../../record/read-run.ts';
import { chooseRun, runIds } from '../../record/runs.ts';
import { abort } from '../../run/abort.ts';
import { runsGone } from '../../run/gone.ts';
import { isLeft } from '../../run/leave.ts';
import { runOutcome } from '../../run/outcome.ts';
import { locked } from '../../run/run-lock.ts';
import { define } from '../command.ts';
import { projectOfRuns } from '../project.ts';
import type { Tools } from '../terminal/tools.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'abort',
  group: 'run',
  summary: 'end the run; the unfinished attempt is saved, then reverted',
  detail: 'The attempt stays under a git ref; nothing is deleted. An unreadable journal is set aside.',
  example: 'perf-gate abort',
  run: (_, tools) => abortRun(tools),
});

async function abortRun(tools: Tools): Promise<number> {
  try {
    return await withRun('abort', { tools, endedToo: true, stuckToo: true }, async (opened, before) => {
      if (isLeft(before)) throw failure('no_active_run', { run: before.run, ended: before.ended! });
      const done = await abort(opened, 'the user aborted it');
      if (tools.json) tools.out(JSON.stringify(runOutcome(opened.run.state, opened.run.paths)));
      else tools.say(['The run is aborted. Attempts are kept: `perf-gate attempts`.', ...done].join('\n'));
      return exit.done;
    });
  } catch (error) {
    const repo = await openRepo(projectOfRuns(tools.cwd));
    if (isFailure(error, 'no_run') || isFailure(error, 'no_active_run')) {
      const gone = await runsGone(repo);
      const arms = dropStrayArms(tools.env, repo.project, gone);
      if (arms > 0)
        throw failure('run_gone', { run: gone.at(-1)!, folder: relative(repo.root, runsDir(repo.project)) });
    }
    if (!isFailure(error, 'journal_damaged') && !isFailure(error, 'machine_too_new')) throw error;
    return locked(repo, 'abort', async () => setDamagedAside(repo.project, tools));
  }
}

/**
 * Renames the files of an unreadable journal, so that another run can begin. Nothing else changes, because a revert would need the journal.
 */
function setDamagedAside(project: string, tools: Tools): number {
  const damaged = runIds(project).filter((id) => !canBeRead(project, id));
  // if `readRun` can read every journal, the journal of the current run is the damaged one: it holds impossible transitions, which
  // `readRun` does not check
  const ids = damaged.length > 0 ? damaged : [chooseRun(project)];
  const set_aside = ids.map((id) => setAside(runPaths(project, id).journal, tools.clock.now()));
  if (tools.json) tools.out(JSON.stringify({ set_aside }));
  else
    tools.say(`The journal could not be read. It was set aside as ${set_aside.join(', ')}; nothing else was changed.`);
  return exit.done;
}

function canBeRead(project: string, id: string): boolean {
  try {
    readRun(project, id);
    return true;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}
