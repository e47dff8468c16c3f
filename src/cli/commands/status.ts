import { runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { attemptsOf } from '../../record/history.ts';
import { outcomeOf } from '../../record/outcome.ts';
import { chooseRun, readRun } from '../../record/runs.ts';
import { nextStep } from '../../run/next-step.ts';
import type { Run } from '../command.ts';
import { atWorkOn, atWorkText, killedText } from '../terminal/at-work.ts';
import { projectOf } from '../terminal/project.ts';
import { queueLines, queueNow } from '../terminal/queue.ts';

export const silent = true;

export const run: Run = async (_, __, tools) => {
  const project = await projectOf(tools.cwd);
  const id = chooseRun(project);
  const state = readRun(project, id);
  const background = atWorkOn({ project, run: id });
  if (tools.json) {
    const { runOutcome } = await import('../../run/outcome.ts');
    tools.out(
      JSON.stringify({
        ...runOutcome(state, runPaths(project, id)),
        epoch: state.epoch,
        paused: state.paused,
        next: background ? 'perf-gate wait' : nextStep(state),
        background,
        ...queueNow(tools.env),
      }),
    );
    return exit.done;
  }
  const attempts = attemptsOf(state).map(
    (a) => `  attempt ${a.attempt}  ${a.verdict.padEnd(12)} ${oneLine(a.hotspot)}`,
  );
  tools.out(
    [
      `run      ${id}`,
      `task     ${oneLine(state.task)}`,
      `stage    ${state.stage}${state.paused ? ' (paused)' : ''}${state.ended ? `: ${outcomeOf(state)}` : ''}`,
      `branch   ${state.git.branch ?? state.git.original_branch ?? 'detached HEAD'}`,
      ...attempts,
      `next     ${background ? 'perf-gate wait' : nextStep(state)}`,
      ...(background ? [`at work  ${atWorkText(background)}`] : killedText({ project, run: id })),
      ...queueLines(queueNow(tools.env)),
    ].join('\n'),
  );
  return exit.done;
};
