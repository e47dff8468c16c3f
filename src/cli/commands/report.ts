import { existsSync } from 'node:fs';
import { runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { chooseRun } from '../../record/runs.ts';
import type { Run } from '../command.ts';
import { openFile } from '../terminal/open.ts';
import { projectOf } from '../terminal/project.ts';

export const run: Run = async (_, options, tools) => {
  const project = await projectOf(tools.cwd);
  const id = chooseRun(project, typeof options.run === 'string' ? options.run : undefined);
  const { report, html } = runPaths(project, id);
  if (!existsSync(report)) throw failure('report_missing', { run: id });
  if (tools.json) tools.out(JSON.stringify({ run: id, report, html }));
  else tools.out(`${report}\n${html}`);
  if (options.open === true) await openFile(html);
  return exit.done;
};
