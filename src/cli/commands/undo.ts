import { exit } from '../../core/errors.ts';
import { undo } from '../../run/undo.ts';
import { define } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'undo',
  group: 'run',
  arguments: '<number>',
  summary: 'take an accepted change back by an inverse commit',
  example: 'perf-gate undo 1',
  run: ({ number }, tools) =>
    withRun('undo', { tools, endedToo: true }, async (opened, before) => {
      const undone = await undo(opened, Number(number), before);
      if (tools.json) tools.out(JSON.stringify(undone));
      else
        tools.say(
          [
            `Attempt ${undone.attempt} is taken back by ${undone.commit.slice(0, 12)}.`,
            ...undone.left.map((p) => `${p} was changed since, and was left alone.`),
          ].join('\n'),
        );
      return exit.done;
    }),
});
