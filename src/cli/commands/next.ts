import { exit } from '../../core/errors.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { detached, nameOf } from '../terminal/background.ts';
import { drive } from '../terminal/drive.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'next',
  group: 'run',
  summary: 'go on to the next stage that needs you, and print its brief',
  detail:
    'Before that stage, perf-gate carries out its own stages: it measures, judges, and commits or reverts. A measurement can take longer than the longest shell call of an agent. --detach runs the measurement in the background, and still prints a result that arrives within two seconds. While the run goes on, the exit code is 0 for every verdict. When the run ends, the exit codes are those of `start`.',
  example: 'perf-gate next',
  options: { '--detach': flag('go on in the background, and return within seconds') },
  run: ({ detach }, tools) =>
    detach
      ? detached('next', tools)
      : withRun(nameOf('next', tools), { tools }, async (opened) => {
          const code = await drive(opened, tools);
          return opened.run.state.ended ? code : exit.done;
        }),
});
