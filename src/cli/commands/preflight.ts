import { exit } from '../../core/errors.ts';
import { scopingOf } from '../../record/history.ts';
import { preflightText } from '../../report/markdown/preflight.ts';
import { runPreflight } from '../../run/approve.ts';
import { define } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'preflight',
  group: 'run',
  summary: 'try the contract before approval: does it run and measure well',
  detail: 'Also prints the smallest improvement that the measurement could show.',
  example: 'perf-gate preflight',
  run: (_, tools) =>
    withRun('preflight', { tools }, async (opened) => {
      await runPreflight(opened);
      const { contract, preflight } = scopingOf(opened.run.state);
      if (tools.json) tools.out(JSON.stringify({ run: opened.run.state.run, preflight }));
      else tools.out(preflightText(preflight!, contract));
      return exit.done;
    }),
});
