import { existsSync, readFileSync } from 'node:fs';
import { runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { chooseRun, readRun } from '../../record/runs.ts';
import { protocol, runBrief } from '../../report/brief.ts';
import { nextStep } from '../../run/next-step.ts';
import type { Run } from '../command.ts';
import { atWorkOn } from '../terminal/at-work.ts';
import { projectOf } from '../terminal/project.ts';

export const silent = true;

/** What an agent has to know that takes the run over; with --stage also the brief of its stage. */
export const run: Run = async (_, options, tools) => {
  const project = await projectOf(tools.cwd);
  const id = chooseRun(project);
  const state = readRun(project, id);
  const next = atWorkOn({ project, run: id }) ? 'perf-gate wait' : nextStep(state);
  const brief = runBrief(state, next);
  const stage = options.stage ? stageBrief(project, id, state) : null;
  if (tools.json) tools.out(JSON.stringify({ run: id, protocol, brief, stage }));
  else tools.out([protocol, brief, ...(stage === null ? [] : [stage])].join('\n\n'));
  return exit.done;
};

/** What `next` printed for the stage. Throws `wrong_stage` where it was not there yet. */
function stageBrief(project: string, id: string, { stage }: { stage: string }): string {
  const file = runPaths(project, id).brief(stage);
  if (existsSync(file)) return readFileSync(file, 'utf8').trimEnd();
  throw failure('wrong_stage', { command: 'brief --stage', stage, needs: 'a brief, which `perf-gate next` writes' });
}
