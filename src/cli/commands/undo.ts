import { exit } from '../../core/errors.ts';
import { undo } from '../../run/undo.ts';
import { define } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'undo',
  group: 'run',
  arguments: '<number>',
  summary: 'revert an accepted change with an inverse commit',
  example: 'perf-gate undo 1',
  run: ({ number }, tools) =>
    withRun('undo', { tools, endedToo: true }, async (opened, before) => {
      const undone = await undo(opened, Number(number), before);
      if (tools.json) tools.out(JSON.stringify(undone));
      else
        tools.say(
          [
            `Attempt ${undone.attempt} is reverted by ${undone.commit.slice(0, 12)}.`,
            ...undone.left.map((p) => `${p} has changed since the attempt was accepted, and was left unchanged.`),
          ].join('\n'),
        );
      return exit.done;
    }),
});
