import { runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { glanceAt } from '../../record/glance.ts';
import { outcomeOf } from '../../record/outcome.ts';
import { nextStep } from '../../run/next-step.ts';
import { define } from '../command.ts';
import { type AtWork, atWorkOn, atWorkText, killedText, queueLines, queueNow } from '../terminal/at-work.ts';
import { findRun, type Place } from '../terminal/find-run.ts';

export const command = define({
  name: 'status',
  group: 'run',
  summary: 'print the state of the run and the next step',
  example: 'perf-gate status',
  silent: true,
  async run(_, tools) {
    const place = await findRun(tools.cwd);
    const background = atWorkOn(place);
    const queue = queueNow(tools.env);
    if (tools.json) tools.out(JSON.stringify({ ...(await standingOf(place, background)), background, ...queue }));
    else tools.out([...linesOf(place, background), ...queueLines(queue)].join('\n'));
    return exit.done;
  },
});

const next = (background: AtWork | null, step: string) => (background ? 'perf-gate wait' : step);

function linesOf(place: Place, background: AtWork | null): string[] {
  const glance = glanceAt(place.project, place.run);
  const { run, task, branch, stage, paused, ended, attempts } = glance;
  return [
    `run      ${run}`,
    `task     ${oneLine(task)}`,
    `stage    ${stage}${paused ? ' (paused)' : ''}${ended ? `: ${outcomeOf(ended, attempts)}` : ''}`,
    `branch   ${branch ?? 'detached HEAD'}`,
    ...attempts.map((a) => `  attempt ${a.attempt}  ${a.verdict.padEnd(12)} ${oneLine(a.hotspot)}`),
    `next     ${next(background, nextStep(glance))}`,
    ...(background ? [`at work  ${atWorkText(background)}`] : killedText(place)),
  ];
}

/** The full state, for `--json`. The schemas and the words of reports are loaded only here, so that `status` without --json stays fast. */
async function standingOf({ project, run }: Place, background: AtWork | null): Promise<object> {
  const { hasContract } = await import('../../record/history.ts');
  const { readRun } = await import('../../record/read-run.ts');
  const { runOutcome } = await import('../../run/outcome.ts');
  const state = readRun(project, run);
  return {
    ...runOutcome(state, runPaths(project, run)),
    epoch: state.epoch,
    paused: state.paused,
    next: next(background, nextStep({ ...state, hasContract: hasContract(state) })),
  };
}
