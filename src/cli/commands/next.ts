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
    'Does the engine’s stages on the way. Measuring may take longer than an agent’s shell call may last: with --detach it goes on in the background, and a result that comes within two seconds is printed at once. Exit code 0 while the run goes on, whatever the verdict of an attempt was; at its end like `start`.',
  example: 'perf-gate next',
  options: { '--detach': flag('go on in the background, and return') },
  run: ({ detach }, tools) =>
    detach
      ? detached('next', tools)
      : withRun(nameOf('next', tools), { tools }, async (opened) => {
          const code = await drive(opened, tools);
          return opened.run.state.ended ? code : exit.done;
        }),
});
