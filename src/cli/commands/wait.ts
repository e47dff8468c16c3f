import { exit } from '../../core/errors.ts';
import { chooseRun } from '../../record/runs.ts';
import type { Run } from '../command.ts';
import { numberOf } from '../options.ts';
import { projectOf } from '../terminal/project.ts';
import { tellAtWork, watch } from '../terminal/watch.ts';

/** Exits like `next`, or with 75 when somebody still works on the run. */
export const run: Run = async (_, options, tools) => {
  const project = await projectOf(tools.cwd);
  const place = { project, run: chooseRun(project) };
  const seconds = numberOf(options, 'timeout', { least: 0, most: 86_400, whole: false, otherwise: 100 });
  const code = await watch(place, seconds, tools);
  if (code !== undefined) return code;
  tellAtWork(place, tools);
  if (!tools.json) tools.say('Still at work. Call `perf-gate wait` again.');
  return tools.signal.aborted ? exit.interrupted : exit.stillMeasuring;
};
