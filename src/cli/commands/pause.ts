import { exit } from '../../core/errors.ts';
import { runOutcome } from '../../run/outcome.ts';
import { define } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'pause',
  group: 'run',
  summary: 'pause the run until `resume`',
  example: 'perf-gate pause',
  run: (_, tools) =>
    withRun('pause', { tools }, async (opened) => {
      if (!opened.run.state.paused) opened.record({ type: 'paused', by: 'pause' });
      const { state, paths } = opened.run;
      if (tools.json) tools.out(JSON.stringify({ ...runOutcome(state, paths), paused: true }));
      else tools.say(`Paused at ${state.stage}. Go on with \`perf-gate resume\`.`);
      return exit.done;
    }),
});
