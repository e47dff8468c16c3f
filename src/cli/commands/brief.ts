import { existsSync } from 'node:fs';
import { runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { readText } from '../../core/read-text.ts';
import { hasContract } from '../../record/history.ts';
import { readRun } from '../../record/read-run.ts';
import { protocol, runBrief } from '../../report/brief.ts';
import { nextStep } from '../../run/next-step.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { atWorkOn } from '../terminal/at-work.ts';
import { findRun, type Place } from '../terminal/find-run.ts';

export const command = define({
  name: 'brief',
  group: 'agents',
  summary: 'print everything that an agent needs to take over the run',
  detail: 'Prints the protocol, the contract, the stage, and the attempts so far.',
  example: 'perf-gate brief --stage',
  options: { '--stage': flag('also print the brief of the stage, as `next` did') },
  silent: true,
  async run({ stage: withStage }, tools) {
    const place = await findRun(tools.cwd);
    const state = readRun(place.project, place.run);
    const next = atWorkOn(place) ? 'perf-gate wait' : nextStep({ ...state, hasContract: hasContract(state) });
    const brief = runBrief(state, next);
    const stage = withStage ? stageBrief(place, state) : null;
    if (tools.json) tools.out(JSON.stringify({ run: place.run, protocol, brief, stage }));
    else tools.out([protocol, brief, ...(stage === null ? [] : [stage])].join('\n\n'));
    return exit.done;
  },
});

/** The brief that `next` printed for the stage. @throws wrong_stage: the stage has no brief until `next` is called */
function stageBrief({ project, run }: Place, { stage }: { stage: string }): string {
  const file = runPaths(project, run).brief(stage);
  if (existsSync(file)) return readText(file).trimEnd();
  throw failure('wrong_stage', { command: 'brief --stage', stage, needs: 'a brief, which `perf-gate next` writes' });
}
