import { exit, isFailure } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { glanceAt } from '../../record/glance.ts';
import { outcomeOf } from '../../record/outcome.ts';
import { runIds } from '../../record/runs.ts';
import { define } from '../command.ts';
import { projectOf } from '../terminal/find-run.ts';

export const command = define({
  name: 'list',
  group: 'look',
  summary: 'list the runs of this project',
  example: 'perf-gate list',
  silent: true,
  async run(_, tools) {
    const project = await projectOf(tools.cwd);
    const rows = runIds(project).map((id) => row(project, id));
    if (tools.json) tools.out(JSON.stringify({ runs: rows }));
    else if (rows.length === 0) tools.say('There is no run yet: `perf-gate start "what should be faster"`.');
    else
      tools.out(
        rows
          .map((r) => `${r.run}  ${(r.outcome ?? r.stage).padEnd(12)} ${r.accepted}/${r.attempts}  ${r.task}`)
          .join('\n'),
      );
    return exit.done;
  },
});

function row(project: string, run: string) {
  try {
    const { task, stage, ended, attempts } = glanceAt(project, run);
    return {
      run,
      task: oneLine(task),
      stage,
      outcome: outcomeOf(ended, attempts),
      attempts: attempts.length,
      accepted: attempts.filter(({ kept }) => kept).length,
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { run, task: error.message, stage: 'unreadable', outcome: null, attempts: 0, accepted: 0 };
  }
}
