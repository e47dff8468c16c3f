import { runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { attemptsOf } from '../../record/history.ts';
import { outcomeOf } from '../../record/outcome.ts';
import { readRun } from '../../record/runs.ts';
import { nextStep } from '../../run/next-step.ts';
import { define } from '../command.ts';
import { atWorkOn, atWorkText, killedText, queueLines, queueNow } from '../terminal/at-work.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'status',
  group: 'run',
  summary: 'say where the run stands and what comes next',
  example: 'perf-gate status',
  silent: true,
  async run(_, tools) {
    const place = await findRun(tools.cwd);
    const state = readRun(place.project, place.run);
    const background = atWorkOn(place);
    if (tools.json) {
      const { runOutcome } = await import('../../run/outcome.ts');
      tools.out(
        JSON.stringify({
          ...runOutcome(state, runPaths(place.project, place.run)),
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
        `run      ${state.run}`,
        `task     ${oneLine(state.task)}`,
        `stage    ${state.stage}${state.paused ? ' (paused)' : ''}${state.ended ? `: ${outcomeOf(state)}` : ''}`,
        `branch   ${state.git.branch ?? state.git.original_branch ?? 'detached HEAD'}`,
        ...attempts,
        `next     ${background ? 'perf-gate wait' : nextStep(state)}`,
        ...(background ? [`at work  ${atWorkText(background)}`] : killedText(place)),
        ...queueLines(queueNow(tools.env)),
      ].join('\n'),
    );
    return exit.done;
  },
});
